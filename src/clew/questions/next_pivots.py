"""What to ask next."""

from __future__ import annotations

from typing import Annotated

from clew.questions.bench import Bench
from clew.questions.entities import ids_of
from clew.questions.question import Answer, AnswerRecord, Limit, WindowRequest, doc, question


class NextPivotsRequest(WindowRequest, frozen=True, kw_only=True):
    """A graph."""

    limit: Limit = 10


class HubRow(AnswerRecord, frozen=True, kw_only=True):
    """An entity of which a provider is known to hold very much."""

    value: Annotated[str, doc("The entity's value.")]
    rows: Annotated[int, doc("Rows that the provider holds.")]


class PivotRow(AnswerRecord, frozen=True, kw_only=True):
    """A transform, and the entities to ask about; nothing was asked."""

    transform: Annotated[str, doc("The transform's id.")]
    title: Annotated[str, doc("What it gives, in words.")]
    provider: Annotated[str, doc("Who would be asked.")]
    ids: Annotated[tuple[str, ...], doc("Ids of the entities to ask about.")]
    inputs: Annotated[tuple[str, ...], doc("Their values, the most promising first.")]
    score: Annotated[float, doc("Rarity x recency x expected new entities / cost; the mean.")]
    expected: Annotated[float, doc("New entities that one look-up may bring.")]
    credits: Annotated[float, doc("Paid units of all its look-ups.")]
    why: Annotated[str, doc("How the score came about.")]
    asked: Annotated[int, doc("Entities left out, since they were asked about already.")]
    bounded: Annotated[tuple[str, ...], doc("Entities left out for their states, with reasons.")]
    hubs: Annotated[tuple[HubRow, ...], doc("Entities that will bring very much.")]


class NextPivotsAnswer(Answer, frozen=True, kw_only=True):
    """What to ask next."""

    pivots: Annotated[tuple[PivotRow, ...], doc("The most promising first.")]
    pivots_total: Annotated[int, doc("How many transforms fit something.")]


@question(
    "next-pivots", table="pivots", columns=("transform", "credits", "expected", "score", "why")
)
def next_pivots(bench: Bench, request: NextPivotsRequest) -> NextPivotsAnswer:
    """What to ask next: transforms and entities, by rarity, time, expected gain and price."""
    from clew.analysis.pivots import next_pivots as pivots_of

    view, transforms = request.view(bench), bench.pivot_transforms()
    known = {one.id: one for one in transforms}
    found = pivots_of(view, transforms, bench.catalogue, window=request.span(bench))
    return NextPivotsAnswer(
        pivots=tuple(
            PivotRow(
                transform=one.transform,
                title=known[one.transform].title, provider=known[one.transform].provider,
                ids=tuple(ids_of(view.state, one.rows)),
                inputs=tuple(view.entity(row).value for row in one.rows),
                score=round(one.score, 3), expected=one.expected,
                credits=one.credits * len(one.rows), why=one.why, asked=one.asked,
                bounded=one.bounded,
                hubs=tuple(HubRow(value=it.entity.value, rows=it.rows) for it in one.hubs),
            )
            for one in found[: request.limit]
        ),
        pivots_total=len(found),
    )  # fmt: skip
