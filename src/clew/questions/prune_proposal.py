"""What would fall out of a graph, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from clew.questions.bench import Bench
from clew.questions.entities import EntityRow, entity_rows, rows_named
from clew.questions.in_window import UndatedChoice
from clew.questions.question import (
    Answer,
    AnswerRecord,
    EntityName,
    Limit,
    Name,
    WindowRequest,
    doc,
    question,
)

if TYPE_CHECKING:
    from clew.analysis.prune import PruneProposal

Links = Annotated[int, msgspec.Meta(ge=2, le=10_000_000)]
Steps = Annotated[int, msgspec.Meta(ge=0, le=50)]


class PruneProposalRequest(WindowRequest, frozen=True, kw_only=True):
    """A graph, and what falls out of it; a rule that is left out lets everything pass."""

    undated: Annotated[
        UndatedChoice, doc("Links that no date places: keep, drop, or with-ends.")
    ] = "with-ends"
    score_min: Annotated[float, doc("Links with a lower corroboration fall.", ge=0, le=1)] = 0.0
    lineages_min: Annotated[
        int, doc("Links that fewer independent lineages speak for fall.", ge=0, le=20)
    ] = 0
    leaf_rounds: Annotated[
        int, doc("How often entities with one link or none fall.", ge=0, le=50)
    ] = 0
    hub_links_min: Annotated[Links | None, doc("Entities with so many links or more fall.")] = None
    distance_max: Annotated[
        Steps | None, doc("Entities further from those that are kept fall.")
    ] = None
    sources: Annotated[
        tuple[Name, ...], doc("Links that only these providers speak of fall.", max_length=50)
    ] = ()
    states: Annotated[
        tuple[Name, ...], doc("Entities in one of these states fall.", max_length=50)
    ] = ()
    keep: Annotated[
        tuple[EntityName, ...], doc("Entities that stay in any case.", max_length=100_000)
    ] = ()
    limit: Limit = 5_000


class FallingRow(EntityRow, frozen=True, kw_only=True):
    """An entity that would fall."""

    reason: Annotated[str, doc("Why.")]


class ReasonRow(AnswerRecord, frozen=True, kw_only=True):
    """How much falls for one reason."""

    reason: Annotated[str, doc("The reason.")]
    entities: Annotated[int, doc("Entities that fall for it.")]
    links: Annotated[int, doc("Links that fall for it.")]


class PruneProposalAnswer(Answer, frozen=True, kw_only=True):
    """What would fall out of a graph; nothing has happened."""

    rules: Annotated[str, doc("The rules, in words.")]
    window: Annotated[str, doc("The window that counted; empty for all of time.")]
    entities_stay: Annotated[int, doc("Entities that stay.")]
    links_stay: Annotated[int, doc("Links that stay.")]
    entities_fall: Annotated[int, doc("Entities that would fall.")]
    links_fall: Annotated[int, doc("Links that would fall.")]
    reasons: Annotated[tuple[ReasonRow, ...], doc("By reason, in the order of the rules.")]
    falling: Annotated[tuple[FallingRow, ...], doc("The entities that would fall.")]


@question("prune-proposal", table="falling")
def prune_proposal(bench: Bench, request: PruneProposalRequest) -> PruneProposalAnswer:
    """What would fall out of a graph by time, source, score or distance, with reasons."""
    made = proposal_of(bench, request)
    fall = made.falling_entities(request.limit)
    entities = entity_rows(made.view.state, made.entities.tolist()[: request.limit])
    return PruneProposalAnswer(
        rules=str(made.rules), window=str(made.rules.window or ""),
        entities_stay=made.entities_stay, links_stay=made.links_stay,
        entities_fall=len(made.entities), links_fall=len(made.links),
        reasons=tuple(
            ReasonRow(reason=reason, entities=entities_, links=links)
            for reason, (entities_, links) in made.counts().items()
        ),
        falling=tuple(
            FallingRow(id=one.id, type=one.type, value=one.value, reason=reason)
            for one, (_, reason) in zip(entities, fall, strict=True)
        ),
    )  # fmt: skip


def proposal_of(bench: Bench, request: PruneProposalRequest) -> PruneProposal:
    """The proposal itself, which the command that prunes applies."""
    from clew.analysis.prune import PruneRules, propose
    from clew.model.interval import UndatedPolicy

    view = request.view(bench)
    rules = PruneRules(
        window=request.span(bench), undated=UndatedPolicy(request.undated),
        score_min=request.score_min, lineages_min=request.lineages_min,
        leaf_rounds=request.leaf_rounds, hub_links_min=request.hub_links_min,
        distance_max=request.distance_max, sources=request.sources, states=request.states,
    )  # fmt: skip
    keep = rows_named(view.state, bench.catalogue, request.keep)
    return propose(view, rules, bench.catalogue, keep=keep)
