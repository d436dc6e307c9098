"""The links between two entities."""

from __future__ import annotations

from typing import Annotated

from clew.questions.arithmetic import ScoredLink, scored_link
from clew.questions.bench import Bench
from clew.questions.claims import LinkClaimRow, link_claims
from clew.questions.entities import row_named
from clew.questions.question import Answer, EntityName, WindowRequest, doc, question


class BetweenRequest(WindowRequest, frozen=True, kw_only=True):
    """Two entities."""

    a: EntityName
    b: EntityName


class ExplainedLink(ScoredLink, frozen=True, kw_only=True):
    """A link with its score and all that speaks for it."""

    source: Annotated[str, doc("The value at its start.")]
    type: Annotated[str, doc("Its type.")]
    target: Annotated[str, doc("The value at its end.")]
    observations: Annotated[tuple[LinkClaimRow, ...], doc("What speaks for it, in log order.")]


class BetweenAnswer(Answer, frozen=True, kw_only=True):
    """The links between two entities, either way."""

    a: Annotated[str, doc("The one value.")]
    b: Annotated[str, doc("The other value.")]
    links: Annotated[tuple[ExplainedLink, ...], doc("The links.")]


@question("between", table="links", columns=("link", "score", "arithmetic"), whole=False)
def between(bench: Bench, request: BetweenRequest) -> BetweenAnswer:
    """The links between two entities, with scores, arithmetic, and who says so."""
    import msgspec
    import numpy as np

    view, window = request.view(bench), request.span(bench)
    a, b = (row_named(view.state, bench.catalogue, name) for name in (request.a, request.b))
    ends = (view.sources == a) & (view.targets == b) | (view.sources == b) & (view.targets == a)
    found = []
    for place in np.flatnonzero(ends).tolist():
        link = view.link(place)
        rows = view.around.observations_at((place,)).tolist()
        scored = scored_link(view, place, bench.catalogue, window)
        found.append(
            ExplainedLink(
                **msgspec.structs.asdict(scored), source=link.source.value, type=link.type,
                target=link.target.value, observations=link_claims(view.state, rows),
            )
        )  # fmt: skip
    one, other = view.entity(a), view.entity(b)
    return BetweenAnswer(a=one.value, b=other.value, links=tuple(found))
