"""Why two entities are connected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from clew.questions.bench import Bench
from clew.questions.claims import LinkClaimRow, ObservationName, link_citations, link_claims
from clew.questions.entities import EntityRow, entity_rows, row_named
from clew.questions.question import (
    Answer,
    AnswerRecord,
    EntityName,
    WindowRequest,
    doc,
    question,
)

if TYPE_CHECKING:
    from clew.analysis.paths import Path, PathStep
    from clew.graph.view import View


class WhyRequest(WindowRequest, frozen=True, kw_only=True):
    """Two entities."""

    a: EntityName
    b: EntityName
    paths_max: Annotated[int, doc("Most paths, the strongest.", ge=1, le=1_000)] = 3


class ExplainedStep(AnswerRecord, frozen=True, kw_only=True):
    """One link of a path, with what speaks for it."""

    link: Annotated[str, doc("The link, in words.")]
    score: Annotated[float, doc("Its corroboration, 0 to 1.")]
    observed: Annotated[int, doc("How many observations speak for it.")]
    observations: Annotated[tuple[LinkClaimRow, ...], doc("Some of them, oldest first.")]


class ConnectingPath(AnswerRecord, frozen=True, kw_only=True):
    """A way from one entity to the other."""

    strength: Annotated[float, doc("Product of its scores, less at hubs; 0 to 1.")]
    weakest: Annotated[str, doc("The link that decides what it is worth.")]
    steps: Annotated[tuple[ExplainedStep, ...], doc("Its links in order.")]


class StepRow(AnswerRecord, frozen=True, kw_only=True):
    """One link of a path, as a row."""

    path: Annotated[int, doc("Number of the path; 1 is the strongest.")]
    strength: Annotated[float, doc("Strength of the path.")]
    step: Annotated[int, doc("Number of the link in it.")]
    link: Annotated[str, doc("The link, in words.")]
    score: Annotated[float, doc("Its corroboration.")]
    observed: Annotated[int, doc("How many observations speak for it.")]
    cites: Annotated[tuple[ObservationName, ...], doc("Some of them, oldest first.")]


class WhyAnswer(Answer, frozen=True, kw_only=True):
    """Why two entities are connected."""

    a: Annotated[str, doc("The one value.")]
    b: Annotated[str, doc("The other value.")]
    ends: Annotated[tuple[EntityRow, EntityRow], doc("Both entities.")]
    paths: Annotated[tuple[ConnectingPath, ...], doc("The strongest first.")]
    steps: Annotated[tuple[StepRow, ...], doc("All links of all paths.")]
    looked_at: Annotated[int, doc("Entities among which paths were looked for.")]
    limits: Annotated[tuple[str, ...], doc("What was not looked at, a sentence each.")]


@question(
    "why", table="steps", columns=("path", "strength", "step", "link", "score", "observed", "cites")
)
def why(bench: Bench, request: WhyRequest) -> WhyAnswer:
    """Why two entities are connected: the strongest paths, with sources and dates."""
    from clew.analysis.expand import Neighbourhood
    from clew.analysis.paths import why_connected

    view = request.view(bench)
    a, b = (row_named(view.state, bench.catalogue, name) for name in (request.a, request.b))
    found = why_connected(
        Neighbourhood(view), a, b, bench.catalogue, window=request.span(bench),
        paths_max=request.paths_max,
    )  # fmt: skip
    ends = entity_rows(view.state, (a, b))
    return WhyAnswer(
        a=ends[0].value, b=ends[1].value, ends=(ends[0], ends[1]),
        paths=tuple(_path(view, path) for path in found.paths),
        steps=tuple(
            _row(view, number, path, at, step)
            for number, path in enumerate(found.paths, 1)
            for at, step in enumerate(path.steps, 1)
        ),
        looked_at=found.looked_at, limits=found.limits,
    )  # fmt: skip


def _path(view: View, path: Path) -> ConnectingPath:
    return ConnectingPath(
        strength=round(path.strength, 4),
        weakest=str(path.weakest.link),
        steps=tuple(
            ExplainedStep(
                link=str(step.link), score=round(step.score, 4), observed=step.observed,
                observations=link_claims(view.state, step.observations),
            )
            for step in path.steps
        ),
    )  # fmt: skip


def _row(view: View, number: int, path: Path, at: int, step: PathStep) -> StepRow:
    cites = link_citations(view.state, list(step.observations))
    return StepRow(
        path=number, strength=round(path.strength, 4), step=at, link=str(step.link),
        score=round(step.score, 4), observed=step.observed, cites=cites,
    )  # fmt: skip
