"""In which states entities were, and when: sinkhole, dynamic DNS, parked and the like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from clew.questions.bench import Bench
from clew.questions.claims import ObservationName, property_citations
from clew.questions.entities import EntityRow, entity_rows
from clew.questions.question import Answer, Limit, WindowRequest, doc, question

if TYPE_CHECKING:
    from clew.analysis.states import StateSpan
    from clew.graph.view import View
    from clew.model.interval import Window
    from clew.schema.registry import Catalogue


class StatesRequest(WindowRequest, frozen=True, kw_only=True):
    """A graph."""

    state: Annotated[str, doc("Only this state; all where empty.")] = ""
    limit: Limit = 10_000


class StatePeriod(EntityRow, frozen=True, kw_only=True):
    """An entity was in a state for a time."""

    state: Annotated[str, doc("The state.")]
    first: Annotated[str, doc("From when, as exactly as was told.")]
    last: Annotated[str, doc("Until when.")]
    sources: Annotated[tuple[str, ...], doc("Who says so.")]
    in_window: Annotated[str | None, doc("In the window: yes, no, unknown; none without one.")]
    bounds_pivots: Annotated[bool, doc("Whether it keeps pivots from passing through.")]
    cites: Annotated[tuple[ObservationName, ...], doc("The observations that say so.")]


class StatesAnswer(Answer, frozen=True, kw_only=True):
    """Every period of every state of a graph's entities."""

    window: Annotated[str, doc("The window that counted; empty for all of time.")]
    periods: Annotated[tuple[StatePeriod, ...], doc("In order of entity, state and dates.")]
    periods_total: Annotated[int, doc("How many there are.")]


@question(
    "states",
    table="periods",
    columns=("value", "state", "first", "last", "sources", "in_window", "cites"),
)
def states(bench: Bench, request: StatesRequest) -> StatesAnswer:
    """Every period in which an entity was sinkholed, parked, dynamic DNS and the like."""
    from clew.analysis.states import states_of

    view, window = request.view(bench), request.span(bench)
    found = [one for one in states_of(view) if request.state in ("", one.state)]
    return StatesAnswer(
        window=str(window or ""),
        periods=state_periods(view, found[: request.limit], bench.catalogue, window),
        periods_total=len(found),
    )


def state_periods(
    view: View, spans: Iterable[StateSpan], catalogue: Catalogue, window: Window | None
) -> tuple[StatePeriod, ...]:
    """States of a view's entities as rows, in the order given."""
    listed = list(spans)
    entities = entity_rows(view.state, [span.entity for span in listed])
    kinds = catalogue.states
    return tuple(
        StatePeriod(
            id=one.id, type=one.type, value=one.value, state=span.state,
            first=str(span.seen.first), last=str(span.seen.last), sources=span.sources,
            in_window=None if window is None else window.overlap(span.seen).value,
            bounds_pivots=span.state in kinds and kinds[span.state].bounds_pivots,
            cites=property_citations(view.state, list(span.observations)),
        )
        for one, span in zip(entities, listed, strict=True)
    )  # fmt: skip
