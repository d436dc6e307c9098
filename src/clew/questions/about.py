"""All that is claimed of one entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

from clew.questions.arithmetic import ScoredLink, scored_link
from clew.questions.bench import Bench
from clew.questions.claims import (
    LinkClaimRow,
    PropertyClaimRow,
    SourceRow,
    link_claims,
    property_claims,
    source_of,
)
from clew.questions.entities import EntityRow, date_time, entity_rows, row_named
from clew.questions.question import (
    Answer,
    AnswerRecord,
    EntityName,
    Limit,
    WindowRequest,
    doc,
    question,
)
from clew.questions.states import StatePeriod, state_periods
from clew.schema.look_alikes import mixed_scripts, unicode_form

if TYPE_CHECKING:
    from clew.graph.view import View
    from clew.graph.working_set import WorkingSet

ORIGINAL_SHOWN_LENGTH = 4_000
"""How much of a file's own words is given, in code points."""
SCORES_MAX = 200
"""Most scores that are opened to their arithmetic for one entity."""


class AboutRequest(WindowRequest, frozen=True, kw_only=True):
    """An entity."""

    entity: EntityName
    limit: Limit = 100_000


class ObservedRow(SourceRow, frozen=True, kw_only=True):
    """A look-up or an import that brought the entity."""

    entry: Annotated[int, doc("The entry of the log.")]


class OriginalRow(AnswerRecord, frozen=True, kw_only=True):
    """What a file said of the entity, word for word."""

    format: Annotated[str, doc("The file's format.")]
    text: Annotated[str, doc("Its words; long ones are cut.")]
    length: Annotated[int, doc("How long they are, in code points.")]


class NoteRow(AnswerRecord, frozen=True, kw_only=True):
    """A note of a person."""

    at: Annotated[int, doc("When, in microseconds since 1970.")]
    written: Annotated[str, doc("When, UTC.")]
    actor: Annotated[str, doc("Who wrote it.")]
    text: Annotated[str, doc("What it says.")]


class AboutAnswer(Answer, frozen=True, kw_only=True):
    """All that is claimed of one entity, by whom, when, and by which reply."""

    id: Annotated[str, doc("The entity's id.")]
    type: Annotated[str, doc("Its type.")]
    value: Annotated[str, doc("Its canonical value, live.")]
    reads: Annotated[str, doc("How it reads where it is in A-labels (xn--); empty elsewhere.")]
    scripts: Annotated[
        tuple[str, ...], doc("Scripts of its letters, where one could be taken for another.")
    ]
    merged: Annotated[tuple[EntityRow, ...], doc("Entities that people merged into it.")]
    states: Annotated[tuple[StatePeriod, ...], doc("Every period of every state.")]
    brought: Annotated[tuple[ObservedRow, ...], doc("What brought it.")]
    decided: Annotated[tuple[str, ...], doc("What people decided over it, a sentence each.")]
    notes: Annotated[tuple[NoteRow, ...], doc("Notes of people on it.")]
    links: Annotated[tuple[LinkClaimRow, ...], doc("What is claimed of its links, in log order.")]
    links_total: Annotated[int, doc("How many such claims there are.")]
    properties: Annotated[tuple[PropertyClaimRow, ...], doc("What else is claimed of it.")]
    originals: Annotated[tuple[OriginalRow, ...], doc("What files said of it, word for word.")]
    scores: Annotated[tuple[ScoredLink, ...], doc("Its links' scores, with their arithmetic.")]
    scores_left: Annotated[int, doc("Links whose score is not listed.")]


@question(
    "about",
    table="links",
    columns=("source", "link", "target", "first", "last", "provider", "transform", "observation"),
    whole=False,
)
def about(bench: Bench, request: AboutRequest) -> AboutAnswer:
    """All that is claimed of an entity, by whom, when, and by which reply."""
    from clew.analysis.states import states_of

    view, window = request.view(bench), request.span(bench)
    state = view.state
    row = row_named(state, bench.catalogue, request.entity)
    places = view.around.links_at(row)
    observed = view.around.observations_at(places.tolist()).tolist()
    same = [row, *state.decisions.merged_with(row)]
    of = view.around.properties_of(same).tolist()
    originals = list(_originals(state, of))
    own = [at for at in of if not _original(state, at)]
    record = view.entity(row)
    return AboutAnswer(
        id=entity_rows(state, [row])[0].id, type=record.type, value=record.value,
        reads=unicode_form(record.value), scripts=mixed_scripts(record.value),
        merged=entity_rows(state, same[1:]),
        states=state_periods(
            view, states_of(view, (row,)), bench.catalogue, window
        ),
        brought=tuple(_observed(view, row)),
        decided=tuple(_decided(state, row, same[1:])),
        notes=notes_on(state, row),
        links=link_claims(state, observed[: request.limit]),
        links_total=len(observed),
        properties=property_claims(state, own[: request.limit]),
        originals=tuple(originals),
        scores=tuple(
            scored_link(view, place, bench.catalogue, window)
            for place in places.tolist()[:SCORES_MAX]
        ),
        scores_left=max(0, len(places) - SCORES_MAX),
    )  # fmt: skip


def notes_on(state: WorkingSet, row: int) -> tuple[NoteRow, ...]:
    """The notes on an entity, or on the investigation where the row is -1."""
    return tuple(
        NoteRow(at=one.at, written=date_time(one.at / 1e6), actor=one.actor, text=one.text)
        for one in state.decisions.notes
        if one.entity == row
    )


def _observed(view: View, row: int) -> Iterable[ObservedRow]:
    """What brought an entity in: each entry that counts; of a repeated look-up the latest."""
    state, lookups = view.state, view.state.provenances.lookups
    found: dict[tuple[int, int], ObservedRow] = {}
    for seq, number in view.around.mentions_of(row):
        source = source_of(state, state.provenances.records[number])
        lookup = int(lookups.codes[number])
        key = (lookup, 0) if lookup >= 0 else (-1, number)
        found.pop(key, None)
        found[key] = ObservedRow(entry=seq, **source)
    return found.values()


def _decided(state: WorkingSet, row: int, merged: list[int]) -> Iterator[str]:
    from clew.model.marking import Marking
    from clew.model.marking_text import pap_of, tlp_of

    decisions = state.decisions
    yield from (f"merged into it: {state.entities.values[one]}" for one in merged)
    if tags := decisions.tags.get(row):
        yield f"tags: {', '.join(sorted(tags))}"
    flags = {"star": decisions.stars, "pin": decisions.pins, "seed": decisions.seeds}
    yield from (name for name, rows in flags.items() if row in rows)
    if row in decisions.marks:
        tlp, pap = decisions.marks[row]
        yield f"marked {Marking(tlp_of(tlp), pap_of(pap))}"
    yield from (f"note of {one.actor}: {one.text}" for one in decisions.notes if one.entity == row)


def _original(state: WorkingSet, at: int) -> str:
    """The format whose own words a property is; empty for other properties."""
    from clew.model.block import ORIGINAL

    name = state.names.names[int(state.properties.names.values[at])]
    return name.removeprefix(ORIGINAL) if name.startswith(ORIGINAL) else ""


def _originals(state: WorkingSet, rows: list[int]) -> Iterator[OriginalRow]:
    for at in rows:
        if form := _original(state, at):
            text = state.properties.texts[at]
            yield OriginalRow(format=form, text=text[:ORIGINAL_SHOWN_LENGTH], length=len(text))
