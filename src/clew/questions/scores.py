"""How strongly independent sources agree on each link."""

from __future__ import annotations

from typing import Annotated

from clew.questions.bench import Bench
from clew.questions.entities import EntityId, ids_of
from clew.questions.question import Answer, AnswerRecord, Limit, WindowRequest, doc, question


class ScoresRequest(WindowRequest, frozen=True, kw_only=True):
    """A graph."""

    limit: Limit = 1_000


class ScoreRow(AnswerRecord, frozen=True, kw_only=True):
    """A link with its corroboration."""

    source: Annotated[str, doc("The value at the link's start.")]
    link: Annotated[str, doc("The link's type.")]
    target: Annotated[str, doc("The value at the link's end.")]
    score: Annotated[float, doc("Corroboration, 0 to 1.")]
    lineages: Annotated[int, doc("Independent lineages of sources that speak for it.")]
    observations: Annotated[int, doc("Observations of it that count.")]
    in_window: Annotated[str | None, doc("Seen in the window: yes, no, unknown; none without one.")]
    source_id: EntityId
    target_id: EntityId


class ScoresAnswer(Answer, frozen=True, kw_only=True):
    """How well the links of a graph are corroborated."""

    window: Annotated[str, doc("The window that counted; empty for all of time.")]
    mean: Annotated[float, doc("The mean of all scores.")]
    several_lineages: Annotated[int, doc("Links that more than one lineage speaks for.")]
    links: Annotated[tuple[ScoreRow, ...], doc("The best corroborated first.")]
    links_total: Annotated[int, doc("Links in the graph.")]


@question(
    "scores",
    table="links",
    columns=("source", "link", "target", "score", "lineages", "observations", "in_window"),
)
def scores(bench: Bench, request: ScoresRequest) -> ScoresAnswer:
    """How strongly independent sources agree on each link, best first."""
    import numpy as np

    from clew.analysis.corroboration import corroboration
    from clew.analysis.interval_columns import OVERLAPS
    from clew.analysis.window import in_window
    from clew.model.interval import UndatedPolicy

    view, window = request.view(bench), request.span(bench)
    found = corroboration(view, bench.catalogue, window=window)
    order = np.argsort(-found.values, kind="stable")[: request.limit]
    codes = in_window(view, window, UndatedPolicy.KEEP).links if window is not None else None
    observed = np.bincount(view.observed_places, minlength=len(view.links))
    sources, targets = (ids_of(view.state, ends[order]) for ends in (view.sources, view.targets))
    rows = []
    for at, place in enumerate(order.tolist()):
        link = view.link(place)
        rows.append(
            ScoreRow(
                source=link.source.value, link=link.type, target=link.target.value,
                score=round(float(found.values[place]), 4), lineages=int(found.lineages[place]),
                observations=int(observed[place]),
                in_window=None if codes is None else OVERLAPS[int(codes[place])].value,
                source_id=sources[at], target_id=targets[at],
            )
        )  # fmt: skip
    return ScoresAnswer(
        window=str(window or ""),
        mean=round(float(found.values.mean()), 3) if len(found.values) else 0.0,
        several_lineages=int(np.count_nonzero(found.lineages > 1)),
        links=tuple(rows),
        links_total=len(view.links),
    )
