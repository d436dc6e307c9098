"""What ``clew explain`` tells: claims with their provenance, paths with their steps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from clew.analysis.corroboration import explain_score
from clew.analysis.paths import why_connected
from clew.cli.output import print_table, safe, say
from clew.graph.view import link_observation, property_observation
from clew.model.entity import Link, Observation

if TYPE_CHECKING:
    from clew.workbench import Workbench


def entity_facts(bench: Workbench, row: int) -> dict[str, Any]:
    """All that is claimed of an entity, by whom, when, and where the reply is."""
    view = bench.view()
    state = bench.state
    links, facts = [], []
    places = np.flatnonzero((view.sources == row) | (view.targets == row))
    for at in view.observations[np.isin(view.observed_places, places)].tolist():
        links.append(observation_data(bench, link_observation(state, at)))
    same = [row, *(one for one in state.decisions.joined if state.decisions.stands_for(one) == row)]
    of = np.isin(state.properties.subject.values[view.properties], same)
    for at in view.properties[of].tolist():
        facts.append(observation_data(bench, property_observation(state, at)))
    scores = []
    for place in places.tolist():
        explained = explain_score(view, place, bench.catalogue, window=bench.window())
        scores.append(
            {"link": str(view.link(place)), "score": round(explained.score, 4),
             "arithmetic": str(explained), "lines": [str(line) for line in explained.lines]}
        )  # fmt: skip
    brought = []
    counting = state.counting()
    for seq, change in state.brought.items():
        for number in change.provenance[change.entities == row].tolist():
            if counting[number]:
                told = _provenance(bench, state.provenances.records[number])
                brought.append({"entry": seq, **told})
    record = view.entity(row)
    return {
        "type": record.type, "value": record.value, "brought": brought,
        "links": links, "properties": facts, "scores": scores,
    }  # fmt: skip


def observation_data(bench: Workbench, told: Observation) -> dict[str, Any]:
    """One observation as JSON."""
    data: dict[str, Any] = {}
    if isinstance(told.subject, Link):
        data = {"source": told.subject.source.value, "link": told.subject.type,
                "target": told.subject.target.value}  # fmt: skip
    else:
        data = {"property": told.name, "value": told.value}
    data |= {"first": str(told.seen.first), "last": str(told.seen.last)}
    data |= {"collectors": list(told.collectors)}
    if told.detail:
        data["detail"] = told.detail
    return data | _provenance(bench, told.provenance)


def _provenance(bench: Workbench, record: Any) -> dict[str, Any]:
    asked = ""
    if record.input:
        from clew.graph.entities import pack_ids

        row = int(bench.state.entities.find(pack_ids(record.input))[0])
        asked = bench.state.entities.values[row] if row >= 0 else record.input.hex()
    return {
        "provider": record.provider, "transform": record.transform, "run": record.run,
        "asked_about": asked, "settings": record.settings, "reply": record.reply,
        "learnt": f"{datetime.fromtimestamp(record.learnt, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "completeness": str(record.completeness),
    }  # fmt: skip


def connection(bench: Workbench, a: int, b: int) -> dict[str, Any]:
    """The strongest paths between two entities, as JSON."""
    from clew.analysis.expand import Surroundings

    view = bench.view()
    found = why_connected(Surroundings(view), a, b, bench.catalogue, window=bench.window())
    return {
        "a": view.entity(a).value, "b": view.entity(b).value,
        "paths": [
            {
                "strength": round(path.strength, 4),
                "weakest": str(path.weakest.link),
                "steps": [
                    {"link": str(step.link), "score": round(step.score, 4),
                     "observed": step.observed,
                     "observations": [observation_data(bench, it) for it in step.observations]}
                    for step in path.steps
                ],
            }
            for path in found.paths
        ],
        "limits": list(found.limits),
    }  # fmt: skip


def show_facts(data: dict[str, Any]) -> None:
    """An entity's claims for people."""
    say(f"{data['type']}  {safe(data['value'])}", style="bold")
    print_table(
        "Links",
        ("link", "first", "last", "who says so", "transform", "run", "reply"),
        [
            (
                f"{safe(one['source'])} -{one['link']}-> {safe(one['target'])}", one["first"],
                one["last"], " ".join((one["provider"], *one["collectors"])), one["transform"],
                one["run"][:8], one["reply"][:12],
            )
            for one in data["links"]
        ],
    )  # fmt: skip
    print_table(
        "Properties",
        ("name", "value", "first", "last", "who says so", "reply"),
        [
            (
                one["property"], safe(one["value"]), one["first"], one["last"], one["provider"],
                one["reply"][:12],
            )
            for one in data["properties"]
        ],
    )  # fmt: skip
    print_table(
        "Corroboration",
        ("link", "score", "arithmetic"),
        [(safe(one["link"]), one["score"], one["arithmetic"]) for one in data["scores"]],
    )


def show_connection(data: dict[str, Any]) -> None:
    """Paths for people."""
    if not data["paths"]:
        say("No path was found within the bounds.")
    for number, path in enumerate(data["paths"], 1):
        say(
            f"{number}. strength {path['strength']}; weakest step: {safe(path['weakest'])}",
            style="bold",
        )
        for step in path["steps"]:
            say(f"   {safe(step['link'])}  score {step['score']}, observed {step['observed']}x")
            for one in step["observations"][:3]:
                say(f"      {one['first']} to {one['last']}  {one['provider']} {one['transform']} "
                    f"run {one['run'][:8]} reply {one['reply'][:12]}")  # fmt: skip
    for limit in data["limits"]:
        say(limit, style="yellow")
