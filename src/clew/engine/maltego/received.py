"""An answer as changes of an investigation: results, provenance, and how much came. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from clew.engine.maltego.answered import Answered
from clew.engine.maltego.planned import Asked
from clew.interop.changes import import_changes
from clew.interop.exchange_graph import ExchangeNote
from clew.interop.graph_builder import GraphBuilder
from clew.interop.maltego.exchange import gather
from clew.interop.maltego.record import Response
from clew.model.change import Change
from clew.model.provenance import Completeness, Extent, Provenance
from clew.schema.registry import Catalogue
from clew.store.replies import StoredReply

PROBLEMS_MAX = 100
"""Most problems of one answer that are told; the rest is counted."""
TEXT_LENGTH_MAX = 500
"""Longest word of a transform that is repeated, in code points."""
_OF = re.compile(r"\b(\d{1,9}) (?:out )?of (\d{1,9})\b")
_CUT = re.compile(r"\b(truncat\w*|cut off|were cut|limited to|only the first|more results)\b", re.I)


@dataclass(frozen=True, slots=True)
class Received:
    """What an answer brings."""

    changes: tuple[Change, ...]
    """None where it brought nothing."""
    reply: StoredReply | None
    completeness: Completeness
    problems: tuple[str, ...] = ()


def received(
    answered: Answered,
    asked: Asked,
    origin: Provenance,
    *,
    limit: int,
    catalogue: Catalogue,
    graph: str,
    action: str,
    label: str,
    actor: str,
    at: int,
    hide: Callable[[str], str] = str,
) -> Received:
    """
    What an answer about one entity brings into a graph.

    Args:
        answered: The answer.
        asked: What was asked.
        origin: Who said it; its reply, marking and completeness are filled in here.
        limit: Most results that are taken up.
        catalogue: The kinds that exist.
        graph: Where the results go.
        action: Id of the action, 32 hex digits.
        label: What the history says.
        actor: Who asked.
        at: When, in microseconds since 1970.
        hide: Takes keys out of a text.
    """
    response = answered.response
    how_much = completeness(answered, limit)
    if how_much.reason:
        how_much = Completeness(
            how_much.extent, how_much.received, how_much.total, hide(how_much.reason)
        )
    told = [*answered.problems, *_messages(response)]
    if len(response.things) > limit:
        kept = response.things[:limit]
        ids = {thing.id for thing in response.things[limit:] if thing.id}
        joining = tuple(
            one for one in response.edges if one.source not in ids and one.target not in ids
        )
        response = replace(response, things=kept, edges=joining)
    if not response.things and not response.edges:
        return Received((), None, how_much, _short((*told, *response.problems), hide))
    reply = StoredReply.of(answered.body, answered.media_type)
    builder = GraphBuilder(
        catalogue,
        Provenance(
            origin.provider, origin.transform, origin.run, origin.learnt, origin.input,
            origin.settings, reply.digest, int(asked.marking.tlp), how_much,
        ),
    )  # fmt: skip
    gather(response, asked.entity, builder, asked.entity.value[:80], 0)
    exchange, problems = builder.build()
    # A note of a transform is not the analyst's own.
    exchange.notes = tuple(
        ExchangeNote(note.entity, note.text, note.actor or origin.provider, note.at or at)
        for note in exchange.notes
    )
    told += [f"{one.where}: {one.reason}{f': {one.text}' if one.text else ''}" for one in problems]
    changes = import_changes(exchange, graph, action=action, label=label, actor=actor, at=at)
    return Received(tuple(changes), reply, how_much, _short(told, hide))


def completeness(answered: Answered, limit: int) -> Completeness:
    """How much of what there is an answer brought, by its own words and by the limit."""
    response = answered.response
    there = len(response.things)
    came = min(there, limit)
    fatal = [one.text for one in response.messages if one.kind == "FatalError"]
    partial = [one.text for one in response.messages if one.kind == "PartialError"]
    if answered.failed or fatal or (partial and not there):
        reason = next(filter(None, (*fatal, answered.failed, *partial)), "the transform failed")
        return Completeness(Extent.FAILED, came, None, reason[:TEXT_LENGTH_MAX])
    if there > limit:
        return Completeness(Extent.CUT, came, there, f"{limit} results are taken up at most")
    for one in response.messages:
        of = _OF.search(one.text)
        if of is not None and int(of[1]) < int(of[2]):
            return Completeness(Extent.CUT, came, int(of[2]), one.text[:TEXT_LENGTH_MAX])
        if _CUT.search(one.text):
            return Completeness(Extent.CUT, came, None, one.text[:TEXT_LENGTH_MAX])
    if answered.cut:
        return Completeness(Extent.CUT, came, None, answered.cut)
    if there == limit:
        return Completeness(Extent.CUT, came, None, f"as many came as were asked for, {limit}")
    return Completeness(Extent.COMPLETE, came)


def _messages(response: Response) -> list[str]:
    return [
        f"{one.kind}: {one.text[:TEXT_LENGTH_MAX]}"
        for one in response.messages
        if one.kind != "Debug"
    ]


def _short(told: tuple[str, ...] | list[str], hide: Callable[[str], str]) -> tuple[str, ...]:
    shown = [hide(text[: 2 * TEXT_LENGTH_MAX]) for text in told[:PROBLEMS_MAX]]
    if len(told) > PROBLEMS_MAX:
        shown.append(f"{len(told) - PROBLEMS_MAX} further problems")
    return tuple(shown)
