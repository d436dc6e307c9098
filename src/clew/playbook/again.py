"""The same playbook played again: what is new, gone and changed since its last play."""

from __future__ import annotations

from clew.analysis.compare import Comparison, compare
from clew.errors import InvalidValue
from clew.graph.decisions import PlaybookRunRecord
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.store.investigation import Investigation


def plays_of(state: WorkingSet, playbook: str) -> list[PlaybookRunRecord]:
    """Plays of a playbook that count, oldest first."""
    return [one for one in state.decisions.playbook_runs if one.playbook == playbook]


def since_last(case: Investigation, playbook: str, *, graph: str | None = None) -> Comparison:
    """
    What the last play brought against the one before: as things stood when each had ended.

    Args:
        case: The investigation.
        playbook: Its name.
        graph: One graph; the whole investigation where None.

    Raises:
        InvalidValue: It was not played twice.
    """
    plays = plays_of(case.state, playbook)
    if len(plays) < 2:
        raise InvalidValue(
            "comparison", playbook, f"it was played {len(plays)} times, two are needed"
        )
    before, after = (case.at(one.seq) for one in plays[-2:])
    if graph is not None and graph not in before.decisions.graphs:
        raise InvalidValue("graph", graph, "the play before did not have it")
    return compare(view_of(before, graph), view_of(after, graph))
