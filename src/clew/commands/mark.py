"""Set a marking."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from clew.commands.command import ENTITIES_MAX, Editor, command, many, packed_ids
from clew.errors import InvalidValue
from clew.questions.question import BaseRequest, EntityName, doc

if TYPE_CHECKING:
    from clew.graph.working_set import WorkingSet
    from clew.model.marking import Marking


class MarkRequest(BaseRequest, frozen=True, kw_only=True):
    """A marking, what it is of, and why where it lowers one."""

    tlp: Annotated[
        int, doc("0 none, 1 clear, 2 green, 3 amber, 4 amber+strict, 5 red.", ge=0, le=5)
    ]
    entities: Annotated[
        tuple[EntityName, ...],
        doc("Values or ids; the investigation where none.", max_length=ENTITIES_MAX),
    ] = ()
    pap: Annotated[
        int, doc("0 none, 1 clear, 2 green, 3 amber, 4 red; -1 as it is.", ge=-1, le=4)
    ] = -1
    reason: Annotated[str, doc("Why a marking is lowered; kept.", max_length=1_000)] = ""


@command("mark")
def mark(bench: Editor, request: MarkRequest) -> str:
    """Set the marking of entities, or of the investigation; lowering one needs a reason."""
    from msgspec import UNSET

    from clew.graph.entities import pack_ids
    from clew.graph.lowering import lowers, present_marking, stricter_tags
    from clew.graph.markings import investigation_marking
    from clew.model.change import Label, Mark
    from clew.model.marking import PAP, TLP, UNMARKED, Marking

    state = bench.state
    named = state.entities.find(pack_ids(packed_ids(bench, request.entities)))
    now = present_marking(state, named, bench.default_marking)
    by_hand = [state.decisions.marks.get(row, (0, 0)) for row in named.tolist() or [-1]]
    pap = request.pap if request.pap >= 0 else max(one[1] for one in by_hand)
    whole = investigation_marking(state) if request.entities else UNMARKED
    wanted = Marking(TLP(request.tlp), PAP(pap)).filled(whole).filled(bench.default_marking)
    lowered, reason = lowers(now, wanted), request.reason.strip()
    if lowered and not reason:
        raise missing_reason(now, wanted)
    # What was merged into an entity is marked with it, so that it holds for all of it.
    rows = [one for row in named.tolist() for one in (row, *state.decisions.merged_with(row))]
    of = f" of {many(len(request.entities))}" if request.entities else ""
    label = f"Lower the marking{of} from {now} to {wanted}: {reason}" if lowered else "Mark"
    what = Mark(request.tlp, pap, _packed(state, rows), reason if lowered else UNSET)
    action = uuid.uuid4().hex
    bench.decide(what, label=label, action=action)
    if lowered:
        for tag, tagged in stricter_tags(state, rows, wanted).items():
            off = Label("tag", _packed(state, tagged), tag, on=False)
            bench.decide(off, label=label, action=action)
    return label


def missing_reason(now: Marking, wanted: Marking) -> InvalidValue:
    """The refusal of a lowering that says no reason."""
    return InvalidValue(
        "reason", "", f"lowering a marking from {now} to {wanted} needs one",
        helps="Say why it may be shared more widely; the history keeps it.",
    )  # fmt: skip


def _packed(state: WorkingSet, rows: Sequence[int]) -> bytes:
    import numpy as np

    return state.entities.id_rows(np.asarray(rows, np.int32)).tobytes()
