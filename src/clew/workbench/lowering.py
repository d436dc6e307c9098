"""What a file may not do: lower a marking that is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clew.graph.entities import pack_ids
from clew.graph.lowering import present_marking
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Mark
from clew.model.marking import Marking, strictest
from clew.model.marking_text import pap_of, tlp_of

ID_BYTES = 16


def without_lowering(
    state: WorkingSet, changes: Sequence[Change], default: Marking
) -> list[Change]:
    """
    An import's changes, with each of its marks at least as strict as what counts here now.

    Args:
        state: What is here.
        changes: Of the import.
        default: How what carries no marking counts.
    """
    raised: list[Change] = []
    for change in changes:
        raised += (
            _raised(state, change, change.what, default)
            if isinstance(change.what, Mark)
            else [change]
        )
    return raised


def _raised(state: WorkingSet, change: Change, mark: Mark, default: Marking) -> list[Change]:
    marking_of_file = Marking(tlp_of(mark.tlp), pap_of(mark.pap))
    ids = [mark.entities[at : at + ID_BYTES] for at in range(0, len(mark.entities), ID_BYTES)]
    by_marking: dict[Marking, list[bytes]] = {}
    for id_ in ids or [b""]:
        rows = state.entities.find(pack_ids(id_))
        known = rows[0] >= 0 if id_ else len(state.entities) > 0
        # Of what is new here the file alone speaks.
        marking = marking_of_file
        if known:
            marking = strictest((marking, present_marking(state, rows, default)))
        by_marking.setdefault(marking, []).append(id_)
    return [
        replace(change, what=Mark(int(marking.tlp), int(marking.pap), b"".join(them)))
        for marking, them in by_marking.items()
    ]
