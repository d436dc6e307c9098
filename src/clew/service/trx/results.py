"""What one run brought, as Maltego's entities and links with sources and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from clew.analysis.corroboration import corroboration
from clew.graph.sharing import KeptBack, Shareable
from clew.graph.view import View, entity_record, property_observation
from clew.graph.working_set import WorkingSet
from clew.interop.maltego.exchange import thing_of
from clew.interop.maltego.record import Edge, EntityField, Message, Thing, TransformResponse
from clew.model.block import STATE
from clew.service.trx.link_report import LinkReport, link_report
from clew.store.runs import Run
from clew.workbench import Workbench

SCORED_LINKS_MAX = 1_000_000
"""Most links of a graph whose scores are computed for an answer."""
FACTS_MAX = 20
"""Most facts about an input that are told as messages."""
VALUES_MAX = 20
"""Most values of one property that are told."""


@dataclass(slots=True)
class _RunObservations:
    """Observations of one run, by what they are about, in the order of the log."""

    links: dict[int, list[int]] = field(default_factory=dict)
    facts: dict[int, list[int]] = field(default_factory=dict)


def run_results(
    bench: Workbench,
    run: Run,
    *,
    after: int,
    asked: Mapping[int, str],
    graph: str,
    most: int,
) -> TransformResponse:
    """
    The entities that a run found, the links, and what it says of what was asked about.

    Args:
        bench: The open investigation.
        run: The run.
        after: The last entry of the log before it.
        asked: The ids of the entities that were asked about, by row.
        graph: The graph that scores are computed in.
        most: Most entities that are given; what is left out is told.
    """
    state, kinds = bench.state, bench.catalogue
    part = bench.shareable(graph)
    found = _run_observations(state, run, after)
    observed, kept_back = _within(part, found)
    ends = {link: _ends(state, link) for link in observed.links}
    rows = dict.fromkeys(
        row for row in (*(end for pair in ends.values() for end in pair), *observed.facts)
        if row not in asked
    )  # fmt: skip
    shown = list(rows)[: max(0, most)]
    ids = {**asked, **{row: f"{run.id[:12]}-{n}" for n, row in enumerate(shown, 1)}}
    ends = {link: pair for link, pair in ends.items() if pair[0] in ids and pair[1] in ids}
    view = part.view
    scores = _scores(bench, view, list(ends))
    by_row: dict[int, list[LinkReport]] = {row: [] for row in ids}
    joins = []
    for link, (source, target) in ends.items():
        report = link_report(state, kinds, link, observed.links[link], scores.get(link))
        by_row[source].append(replace(report, back=True))
        by_row[target].append(report)
        # A link to what was asked about runs from it, and says that it is reversed.
        back = target in asked and source not in asked
        first, second = (target, source) if back else (source, target)
        joins.append(Edge(ids[first], ids[second], replace(report, back=back).line()))
    direct = {row for pair in ends.values() for row in pair if not asked.keys().isdisjoint(pair)}
    states = _states(bench, view, shown)
    things = []
    for row in shown:
        thing = thing_of(entity_record(state, row), _properties(state, observed.facts.get(row, ())))
        fields = (*thing.fields, *_fields(by_row[row]), *_states_field(states.get(row, ())))
        thing = replace(thing, fields=fields, id=ids[row])
        things.append(_linked(thing, by_row[row]) if row in direct else thing)
    messages = _facts(bench, observed, asked)
    if len(shown) < len(rows):
        what = (
            f"{len(shown)} of {len(rows)} found entities are given (the limit is {most}); all are "
            f"in the graph {graph!r} of Clew."
        )
        messages.append(Message("Inform", what))
    if kept_back:
        messages.append(Message("Inform", f"{kept_back} All are in Clew's graph."))
    return TransformResponse(tuple(things), tuple(joins), tuple(messages))


def _within(part: Shareable, found: _RunObservations) -> tuple[_RunObservations, str]:
    """What of a run's observations may leave, and what stays as a sentence."""
    state = part.view.state
    of_link, of_fact = state.link_observations.provenance.values, state.properties.provenance.values
    made = _RunObservations()
    stay: set[int] = set()
    for link, rows in found.links.items():
        ends = _ends(state, link)
        stay |= {end for end in ends if not part.entities[end]}
        leaving = [row for row in rows if part.admits(int(of_link[row]))]
        if leaving and all(part.entities[end] for end in ends):
            made.links[link] = leaving
    for owner, rows in found.facts.items():
        if not part.entities[owner]:
            stay.add(owner)
        elif leaving := [row for row in rows if part.admits(int(of_fact[row]))]:
            made.facts[owner] = leaving
    facts = sum(map(len, [*found.links.values(), *found.facts.values()]))
    facts -= sum(map(len, [*made.links.values(), *made.facts.values()]))
    return made, str(KeptBack(entities=len(stay), facts=facts, ceiling=part.ceiling))


def _run_observations(state: WorkingSet, run: Run, after: int) -> _RunObservations:
    parts = []
    for seq in reversed(state.observe_index):
        if seq <= after:
            break
        numbers = state.observe_index[seq].provenance
        if len(numbers) and state.provenances.records[int(numbers[0])].run == run.id:
            parts.append(state.observe_index[seq])
    made = _RunObservations()
    for part in reversed(parts):
        links = state.link_observations.subject.values[part.links].tolist()
        for at, link in enumerate(links, part.links.start):
            made.links.setdefault(link, []).append(at)
        owners = state.properties.subject.values[part.properties].tolist()
        for at, owner in enumerate(owners, part.properties.start):
            made.facts.setdefault(owner, []).append(at)
    return made


def _ends(state: WorkingSet, link: int) -> tuple[int, int]:
    return int(state.links.sources.values[link]), int(state.links.targets.values[link])


def _scores(bench: Workbench, view: View, links: Sequence[int]) -> dict[int, float]:
    """Corroboration of links, by row; none where the graph is very large."""
    if not links or not len(view.links) or len(view.links) > SCORED_LINKS_MAX:
        return {}
    scores = corroboration(view, bench.catalogue, window=bench.window()).values
    places = np.minimum(np.searchsorted(view.links, links), len(view.links) - 1)
    return {
        link: float(scores[place])
        for link, place in zip(links, places.tolist(), strict=True)
        if int(view.links[place]) == link
    }


def _states(bench: Workbench, view: View, rows: Sequence[int]) -> dict[int, list[str]]:
    wanted = set(rows)
    names: dict[int, list[str]] = {}
    for row, name, seen, _ in view.states():
        if row in wanted:
            when = f" ({seen})" if seen.dated else ""
            names.setdefault(row, []).append(f"{_state_label(bench, name)}{when}")
    return names


def _states_field(states: Sequence[str]) -> tuple[EntityField, ...]:
    joined = "; ".join(dict.fromkeys(states))
    return (EntityField("clew.states", joined, "Clew: states"),) if joined else ()


def _state_label(bench: Workbench, name: str) -> str:
    kind = bench.catalogue.states.get(name)
    return kind.label.lower() if kind is not None else name


def _properties(state: WorkingSet, rows: Sequence[int]) -> dict[str, str]:
    values: dict[str, dict[str, None]] = {}
    for row in rows:
        name = state.names.names[int(state.properties.names.values[row])]
        if name != STATE:
            values.setdefault(name, {})[state.properties.texts[row]] = None
    return {
        name: "; ".join(list(texts)[:VALUES_MAX]) + (" …" if len(texts) > VALUES_MAX else "")
        for name, texts in values.items()
    }


def _fields(reports: Sequence[LinkReport]) -> tuple[EntityField, ...]:
    return LinkReport.combined(reports).fields() if reports else ()


def _linked(thing: Thing, reports: Sequence[LinkReport]) -> Thing:
    """The thing with what is said of the link that version 2 draws from the input to it."""
    return replace(thing, link=LinkReport.combined(reports).line(simple=True))


def _facts(bench: Workbench, observed: _RunObservations, asked: Mapping[int, str]) -> list[Message]:
    messages = []
    rows = [(owner, row) for owner in asked for row in observed.facts.get(owner, ())]
    for owner, row in rows[:FACTS_MAX]:
        one = property_observation(bench.state, row)
        when = f" ({one.seen})" if one.seen.dated else ""
        value = _state_label(bench, one.value) if one.name == STATE else one.value
        by = ", ".join(one.collectors) or one.provenance.provider
        name = entity_record(bench.state, owner).value
        messages.append(Message("Inform", f"{name}: {one.name}: {value}{when}, by {by}."))
    if len(rows) > FACTS_MAX:
        messages.append(
            Message("Inform", f"And {len(rows) - FACTS_MAX} more facts, in Clew's graph.")
        )
    return messages
