"""What lies nearest in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from clew.errors import InvalidValue
from clew.questions.bench import Bench
from clew.questions.claims import ObservationName, link_citations
from clew.questions.entities import EntityRow, entity_rows, rows_named
from clew.questions.question import (
    Answer,
    EntityName,
    Limit,
    WindowRequest,
    doc,
    question,
)

if TYPE_CHECKING:
    from clew.model.interval import Window
    from clew.model.moment import Moment

LEFT_OUT = ("privacy-registrant",)
"""States whose entities are nobody's in particular, so never the nearest."""


class NearestRequest(WindowRequest, frozen=True, kw_only=True):
    """Entities, and a day."""

    entities: Annotated[
        tuple[EntityName, ...], doc("Values or ids.", min_length=1, max_length=100_000)
    ]
    day: Annotated[str, doc("The day, month or year; the window's middle where empty.")] = ""
    link: Annotated[str, doc("Only links of this type; each type by itself where empty.")] = ""
    leave_out: Annotated[tuple[str, ...], doc("States whose entities don't count.")] = LEFT_OUT
    limit: Limit = 100_000


class NearestRow(EntityRow, frozen=True, kw_only=True):
    """The other end of a link that held nearest to the day."""

    of: Annotated[str, doc("The value that was asked about.")]
    link: Annotated[str, doc("The link's type.")]
    gap_days: Annotated[int, doc("Days between; 0 where it held on the day.")]
    first: Annotated[str, doc("When the link was first seen.")]
    last: Annotated[str, doc("When it was last seen.")]
    observation: ObservationName


class NearestAnswer(Answer, frozen=True, kw_only=True):
    """What held nearest to a day."""

    day: Annotated[str, doc("The day.")]
    entities: Annotated[tuple[NearestRow, ...], doc("By link type, in the order asked; ties all.")]
    entities_total: Annotated[int, doc("How many there are.")]


@question(
    "nearest",
    table="entities",
    columns=("of", "link", "type", "value", "gap_days", "first", "last", "observation"),
)
def nearest(bench: Bench, request: NearestRequest) -> NearestAnswer:
    """Of each link type, what held nearest to a day, such as the registrant at the time."""
    import numpy as np

    from clew.analysis.nearest import nearest_links
    from clew.model.moment import parse_moment

    view = request.view(bench)
    rows = rows_named(view.state, bench.catalogue, request.entities)
    day = parse_moment(request.day) if request.day else _middle(request.span(bench))
    left_out = [row for row, name, _, _ in view.states() if name in request.leave_out]
    types = [request.link] if request.link else list(view.state.link_types.names)
    found = [
        (kind, one)
        for kind in types
        for one in nearest_links(
            view, rows, day, link_type=kind, leave_out=np.asarray(left_out, np.int32)
        )
    ]
    listed = found[: request.limit]
    others = entity_rows(view.state, [one.other for _, one in listed])
    cites = link_citations(view.state, [one.observation for _, one in listed])
    return NearestAnswer(
        day=str(day),
        entities=tuple(
            NearestRow(
                id=other.id, type=other.type, value=other.value,
                of=view.entity(one.entity).value, link=kind, gap_days=one.gap_days,
                first=str(one.seen.first), last=str(one.seen.last), observation=cite,
            )
            for (kind, one), other, cite in zip(listed, others, cites, strict=True)
        ),
        entities_total=len(found),
    )  # fmt: skip


def _middle(window: Window | None) -> Moment:
    from clew.model.moment import day

    if window is None:
        raise InvalidValue("window", "", "none is set", helps="Set a window first, or give a day.")
    return day(f"{window.start + (window.end - window.start) / 2:%Y-%m-%d}")
