"""What each kind of step does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.errors import InvalidValue, UnknownName
from clew.graph.decide import link_refs
from clew.graph.results import result_rows
from clew.graph.view import link_observation
from clew.model.change import AddToGraph, GraphMerge, TimeWindow
from clew.model.entity import Link
from clew.model.interval import IntervalOverlap, Window
from clew.model.moment import parse_moment
from clew.playbook import acts
from clew.playbook.choose import choose
from clew.playbook.format import Step
from clew.playbook.judge import overlap_step, prune_step, score_step
from clew.playbook.playing import Play, Says, entities_result, graph_of
from clew.playbook.references import text_list
from clew.playbook.result import StepResult

Rows = NDArray[np.int32]


def _add(play: Play, step: Step, says: Says, beside: Says) -> StepResult:
    texts = text_list(says["values"]) if "values" in says else [says["value"]]
    values = [play.desk.catalogue.value(str(says["type"]), str(text)) for text in texts]
    play.desk.add(values, graph=graph_of(step, beside), label=step.title)
    ids = np.frombuffer(b"".join(value.id for value in values), ">u8").reshape(-1, 2)
    return entities_result(play, step, play.desk.state.entities.find(ids.astype(np.uint64)))


async def _transform(play: Play, step: Step, says: str, beside: Says) -> StepResult:
    rows = play.named(beside["inputs"])
    settings = {
        name: value for name, value in (beside.get("with") or {}).items() if value not in (None, "")
    }
    ran = await play.desk.run_on(
        says,
        rows,
        graph=graph_of(step, beside),
        settings=settings,
        through=tuple(beside.get("through") or ()),
        calls_max=play.stop.calls,
        credits_max=play.stop.credits,
    )
    play.stop.spent(ran.calls, ran.credits)
    found = result_rows(play.desk.state, ran.action)
    result = entities_result(play, step, found)
    run = {
        "transform": says,
        "inputs": ran.inputs,
        "asked": ran.asked,
        "calls": ran.calls,
        "cached": ran.cached,
        "credits": ran.credits,
        "held_back": list(ran.held_back),
    }
    return StepResult(
        step.id,
        step.title,
        step.kind,
        rows=found,
        data={**result.data, "run": run},
        problems=ran.problems,
        extents=ran.incomplete,
    )


def _select(play: Play, step: Step, says: Says, beside: Says) -> StepResult:
    view = play.view(beside.get("graph"))
    rows = choose(view, says, play.named).rows
    if not len(rows) and beside.get("required", False):
        known = tuple(view.entity(int(row)).value for row in play.named(says.get("from", [])))
        raise UnknownName("entity", str(says.get("value", step.title)), known=known)
    if "put" in beside:
        play.desk.decide(_put(play, str(beside["put"]), rows), label=step.title)
    return entities_result(play, step, rows)


def _put(play: Play, graph: str, rows: Rows) -> AddToGraph:
    """The entities, with their links among each other and to what the graph holds already."""
    state, view = play.desk.state, play.view()
    held = rows
    if graph in state.decisions.graphs:
        held = np.union1d(rows, play.view(graph).entities)
    links = view.links[np.isin(view.sources, held) & np.isin(view.targets, held)]
    return AddToGraph(graph, state.entities.id_rows(rows).tobytes(), link_refs(state, links))


def _read(play: Play, step: Step, says: Says, beside: Says) -> StepResult:  # noqa: ARG001
    rows = play.named(says["of"])
    view = play.view()
    told = play.desk.state.properties
    code = play.desk.state.names.known(str(says["property"]))
    of = view.properties[
        np.isin(told.subject.values[view.properties], rows)
        & (told.names.values[view.properties] == code)
    ]
    texts = sorted(set(told.texts.take(of)))
    if len(texts) != 1:
        what = "nothing" if not texts else f"{len(texts)} different values"
        raise InvalidValue(
            "step", step.id, f"{says['property']} of {says['of']} says {what}, and one is needed"
        )
    return StepResult(step.id, step.title, step.kind, value=texts[0], data={"value": texts[0]})


def _window(play: Play, step: Step, says: Says, beside: Says) -> StepResult:  # noqa: ARG001
    if "span" in says:
        window = Window.parse(str(says["span"]))
    else:
        window = Window.around(parse_moment(says["around"]), int(says["days"]))
    play.desk.decide(TimeWindow(str(window), "keep"), label=step.title)
    ends = [f"{window.start:%Y-%m-%d}", f"{window.end:%Y-%m-%d}"]
    return StepResult(step.id, step.title, step.kind, value=str(window), data={"window": ends})


def _count(play: Play, step: Step, says: str, beside: Says) -> StepResult:  # noqa: ARG001
    return _counted(play, step, str(says))


def _pairs(play: Play, step: Step, says: Says, beside: Says) -> StepResult:
    view = play.view(beside.get("graph"))
    rows = play.named(says["from"])
    places = np.flatnonzero(view.link_type_flags(str(says["link"])))
    own, other = view.sources[places], view.targets[places]
    if says.get("reverse", False):
        own, other = other, own
    found: dict[str, set[str]] = {view.entity(int(row)).value: set() for row in rows}
    for one, two in zip(own.tolist(), other.tolist(), strict=True):
        if one in rows:
            found[view.entity(one).value].add(view.entity(two).value)
    data = {value: sorted(ends) for value, ends in sorted(found.items())}
    return StepResult(step.id, step.title, step.kind, data={"pairs": data})


def _rows(play: Play, step: Step, says: Says, beside: Says) -> StepResult:
    view = play.view(beside.get("graph"))
    window = Window.parse(str(says["window"])) if says.get("window") else None
    of_type = view.link_type_flags(str(says["link"]))
    lines: list[str] = []
    ends: set[int] = set()
    for row, place in zip(view.observations.tolist(), view.observed_places.tolist(), strict=True):
        seen = view.state.link_observations.interval(row)
        if not of_type[place]:
            continue
        if says.get("dated") and not (seen.first.known and seen.last.known):
            continue
        if window is not None and window.overlap(seen) is not IntervalOverlap.YES:
            continue
        link = link_observation(view.state, row).subject
        assert isinstance(link, Link)
        days = [str(end)[:10] if end.known else str(end) for end in (seen.first, seen.last)]
        lines.append(f"{link.source.value} {link.target.value} {' '.join(days)}")
        ends.update((int(view.sources[place]), int(view.targets[place])))
    rows = np.asarray(sorted(ends), np.int32)
    rule = "all"
    if window is not None:
        first, last = f"{window.start:%Y-%m-%d}", f"{window.end:%Y-%m-%d}"
        rule = f"first_seen <= {last} and last_seen >= {first}"
        rule += ", both dates known" if says.get("dated") else ", unknown ends prove nothing"
    data = {"count": len(lines), "rows": sorted(lines), "rule": rule}
    return StepResult(step.id, step.title, step.kind, rows=rows, data=data)


def _merge(play: Play, step: Step, says: list[str], beside: Says) -> StepResult:
    graph = graph_of(step, beside)
    play.desk.decide(GraphMerge(graph, tuple(map(str, says))), label=step.title)
    return _counted(play, step, graph)


def _counted(play: Play, step: Step, graph: str) -> StepResult:
    view = play.view(graph)
    data = {"entities": len(view.entities), "links": len(view.links)}
    return StepResult(step.id, step.title, step.kind, rows=view.entities, data=data)


def _overlap(play: Play, step: Step, says: list[str], beside: Says) -> StepResult:  # noqa: ARG001
    return overlap_step(step, play.view(says[0]), play.view(says[1]), play.desk.catalogue)


def _score(play: Play, step: Step, says: str, beside: Says) -> StepResult:  # noqa: ARG001
    return score_step(step, play.view(says), play.desk.catalogue)


def _prune(play: Play, step: Step, says: Says, beside: Says) -> StepResult:
    graph = graph_of(step, beside)
    keep = play.named(says.get("keep", []))
    result, removal = prune_step(step, play.view(graph), says, keep, play.desk.catalogue)
    play.desk.decide(removal, label=step.title)
    return result


Done = StepResult | Awaitable[StepResult]
DO: dict[str, Callable[[Play, Step, Any, Says], Done]] = {
    "add": _add,
    "transform": _transform,
    "select": _select,
    "read": _read,
    "window": _window,
    "count": _count,
    "pairs": _pairs,
    "rows": _rows,
    "merge": _merge,
    "overlap": _overlap,
    "score": _score,
    "prune": _prune,
    "note": acts.note,
    "export": acts.export,
    "ask": acts.ask,
    "rank": acts.rank,
    "crowds": acts.crowds,
}
"""By kind (format.KINDS)."""
