"""What is claimed of an entity or a connection, as plain data: by whom, when, by which reply."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np

from clew.analysis.corroboration import explain_score
from clew.analysis.expand import Neighbourhood
from clew.analysis.paths import why_connected
from clew.graph.entities import pack_ids
from clew.graph.view import View, link_observation, property_observation
from clew.graph.working_set import WorkingSet
from clew.model.block import ORIGINAL
from clew.model.entity import Link, Observation
from clew.model.interval import Window
from clew.model.marking import PAP, TLP, Marking
from clew.schema.registry import Catalogue

ORIGINAL_SHOWN_LENGTH = 4_000
"""How much of a file's own words is given, in code points."""
SCORES_MAX = 200
"""Most scores that are opened to their arithmetic for one entity."""


def entity_facts(
    view: View, row: int, catalogue: Catalogue, *, window: Window | None = None
) -> dict[str, Any]:
    """All that is claimed of an entity, by whom, when, and where the reply is."""
    state = view.state
    links, facts = [], []
    originals: list[dict[str, str]] = []
    places = np.flatnonzero((view.sources == row) | (view.targets == row))
    for at in view.observations[np.isin(view.observed_places, places)].tolist():
        links.append(observation_data(state, link_observation(state, at)))
    same = [
        row,
        *(one for one in state.decisions.merged if state.decisions.merged_into(one) == row),
    ]
    of = np.isin(state.properties.subject.values[view.properties], same)
    for at in view.properties[of].tolist():
        fact = property_observation(state, at)
        if fact.name.startswith(ORIGINAL):
            # What a file said word for word is long, and for another reader.
            form = fact.name.removeprefix(ORIGINAL)
            originals.append({"format": form, "text": fact.value[:ORIGINAL_SHOWN_LENGTH]})
        else:
            facts.append(observation_data(state, fact))
    scores = [_score(view, at, catalogue, window) for at in places.tolist()[:SCORES_MAX]]
    origins = _origins(state, row)
    record = view.entity(row)
    return {
        "type": record.type, "value": record.value, "brought": origins,
        "decided": _decided(state, row, same[1:]),
        "links": links, "properties": facts, "originals": originals, "scores": scores,
        "scores_left": max(0, len(places) - SCORES_MAX),
    }  # fmt: skip


def _origins(state: WorkingSet, row: int) -> list[dict[str, Any]]:
    """What brought an entity in: each entry that counts; of a repeated look-up the latest."""
    counting, lookups = state.counting(), state.provenances.lookups
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for seq, index in sorted(state.observe_index.items()):
        for number in index.provenance[index.entities == row].tolist():
            if counting[number]:
                by = _provenance(state, state.provenances.records[number])
                lookup = int(lookups.codes[number])
                key = (lookup, 0) if lookup >= 0 else (-1, number)
                found.pop(key, None)
                found[key] = {"entry": seq, **by}
    return list(found.values())


def _decided(state: WorkingSet, row: int, merged: list[int]) -> list[str]:
    """What people decided over an entity, a sentence each."""
    decisions = state.decisions
    lines = [f"merged into it: {state.entities.values[one]}" for one in merged]
    if tags := decisions.tags.get(row):
        lines.append(f"tags: {', '.join(sorted(tags))}")
    flags = {"star": decisions.stars, "pin": decisions.pins, "seed": decisions.seeds}
    lines.extend(name for name, rows in flags.items() if row in rows)
    if row in decisions.marks:
        tlp, pap = decisions.marks[row]
        lines.append(f"marked {Marking(TLP(tlp), PAP(pap))}")
    lines.extend(f"note of {one.actor}: {one.text}" for one in decisions.notes if one.entity == row)
    return lines


def link_facts(
    view: View, a: int, b: int, catalogue: Catalogue, *, window: Window | None = None
) -> dict[str, Any]:
    """The links between two entities, either way: scores with their arithmetic, and who says so."""
    ends = (view.sources == a) & (view.targets == b) | (view.sources == b) & (view.targets == a)
    links = []
    for place in np.flatnonzero(ends).tolist():
        seen = view.observations[view.observed_places == place].tolist()
        observed = [link_observation(view.state, at) for at in seen]
        link = view.link(place)
        links.append(
            {**_score(view, place, catalogue, window), "source": link.source.value,
             "type": link.type, "target": link.target.value,
             "observations": [observation_data(view.state, one) for one in observed]}
        )  # fmt: skip
    return {"a": view.entity(a).value, "b": view.entity(b).value, "links": links}


def _score(view: View, place: int, catalogue: Catalogue, window: Window | None) -> dict[str, Any]:
    explained = explain_score(view, place, catalogue, window=window)
    return {
        "link": str(view.link(place)), "score": round(explained.score, 4),
        "arithmetic": str(explained), "lines": [str(line) for line in explained.lines],
        "sensitivity": explained.sensitivity(),
    }  # fmt: skip


def observation_data(state: WorkingSet, observation: Observation) -> dict[str, Any]:
    """One observation as JSON."""
    data: dict[str, Any] = {}
    if isinstance(observation.subject, Link):
        data = {"source": observation.subject.source.value, "link": observation.subject.type,
                "target": observation.subject.target.value}  # fmt: skip
    else:
        data = {"property": observation.name, "value": observation.value}
    data |= {"first": str(observation.seen.first), "last": str(observation.seen.last)}
    data |= {"collectors": list(observation.collectors)}
    if observation.detail:
        data["detail"] = observation.detail
    return data | _provenance(state, observation.provenance)


def _provenance(state: WorkingSet, record: Any) -> dict[str, Any]:
    asked = ""
    if record.input:
        row = int(state.entities.find(pack_ids(record.input))[0])
        asked = state.entities.values[row] if row >= 0 else record.input.hex()
    return {
        "provider": record.provider, "transform": record.transform, "run": record.run,
        "asked_about": asked, "settings": record.settings, "reply": record.reply,
        "learnt": f"{datetime.fromtimestamp(record.learnt, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "completeness": str(record.completeness),
    }  # fmt: skip


def connection(
    view: View, a: int, b: int, catalogue: Catalogue, *, window: Window | None = None
) -> dict[str, Any]:
    """The strongest paths between two entities, as JSON."""
    found = why_connected(Neighbourhood(view), a, b, catalogue, window=window)
    return {
        "a": view.entity(a).value, "b": view.entity(b).value,
        "paths": [
            {
                "strength": round(path.strength, 4),
                "weakest": str(path.weakest.link),
                "steps": [
                    {"link": str(step.link), "score": round(step.score, 4),
                     "observed": step.observed,
                     "observations": [observation_data(view.state, it) for it in step.observations]}
                    for step in path.steps
                ],
            }
            for path in found.paths
        ],
        "limits": list(found.limits),
    }  # fmt: skip
