"""The same playbook run again: what is new, gone and changed since its last run."""

from __future__ import annotations

from clew.analysis.compare import Comparison, compare
from clew.errors import InvalidValue
from clew.graph.decisions import PlaybookRunRecord
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.store.investigation import Investigation


def runs_of(state: WorkingSet, playbook: str) -> list[PlaybookRunRecord]:
    """Runs of a playbook that count, oldest first."""
    return [one for one in state.decisions.playbook_runs if one.playbook == playbook]


def changes_since_last_run(
    case: Investigation, playbook: str, *, graph: str | None = None
) -> Comparison:
    """
    What the last run brought against the one before: as things stood when each had ended.

    Args:
        case: The investigation.
        playbook: Its name.
        graph: One graph; the whole investigation where None.

    Raises:
        InvalidValue: It did not run twice.
    """
    runs = runs_of(case.state, playbook)
    if len(runs) < 2:
        raise InvalidValue("comparison", playbook, f"it ran {len(runs)} times, two are needed")
    before, after = (case.at(one.seq) for one in runs[-2:])
    if graph is not None and graph not in before.decisions.graphs:
        raise InvalidValue("graph", graph, "the run before did not have it")
    return compare(view_of(before, graph), view_of(after, graph))
