"""What each kind of step does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

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
from clew.playbook import actions
from clew.playbook.ask import ask
from clew.playbook.choose import choose
from clew.playbook.context import RunContext, entities_result, graph_of
from clew.playbook.format import PlaybookStep
from clew.playbook.judge import TELLING_MAX, overlap_data, prune_step, score_step
from clew.playbook.references import name_list, text_list
from clew.playbook.result import StepResult
from clew.questions.entities import rows_named
from clew.questions.overlap import OverlapRequest
from clew.questions.overlap import overlap as overlap_of
from clew.questions.registry import questions

Rows = NDArray[np.int32]


def _add(context: RunContext, step: PlaybookStep) -> StepResult:
    arguments = step.arguments
    texts = text_list(arguments["values"]) if "values" in arguments else [arguments["value"]]
    values = [context.case.catalogue.value(str(arguments["type"]), str(text)) for text in texts]
    context.case.add(values, graph=graph_of(step), label=step.title)
    ids = np.frombuffer(b"".join(value.id for value in values), ">u8").reshape(-1, 2)
    return entities_result(context, step, context.case.state.entities.find(ids.astype(np.uint64)))


async def _transform(context: RunContext, step: PlaybookStep) -> StepResult:
    rows = context.named(step.options["inputs"])
    settings = {
        name: value
        for name, value in (step.options.get("with") or {}).items()
        if value not in (None, "")
    }
    run_result = await context.case.run_on(
        step.arguments,
        rows,
        graph=graph_of(step),
        settings=settings,
        through=tuple(step.options.get("through") or ()),
        calls_max=context.bounds.calls,
        credits_max=context.bounds.credits,
    )
    context.bounds.spend(run_result.calls, run_result.credits)
    found = result_rows(context.case.state, run_result.action)
    result = entities_result(context, step, found)
    run = {
        "transform": step.arguments,
        "inputs": run_result.inputs,
        "asked": run_result.asked,
        "calls": run_result.calls,
        "cached": run_result.cached,
        "credits": run_result.credits,
        "held_back": list(run_result.skipped),
    }
    return StepResult(
        step.id,
        step.title,
        step.kind,
        rows=found,
        data={**result.data, "run": run},
        problems=run_result.problems,
        extents=run_result.incomplete,
    )


def _select(context: RunContext, step: PlaybookStep) -> StepResult:
    arguments = step.arguments
    view = context.view(step.options.get("graph"))
    rows = choose(view, arguments, context.named).rows
    if not len(rows) and step.options.get("required", False):
        known = tuple(
            view.entity(int(row)).value for row in context.named(arguments.get("from", []))
        )
        raise UnknownName("entity", str(arguments.get("value", step.title)), known=known)
    if "put" in step.options:
        context.case.decide(_addition(context, str(step.options["put"]), rows), label=step.title)
    return entities_result(context, step, rows)


def _addition(context: RunContext, graph: str, rows: Rows) -> AddToGraph:
    """The entities, with their links among each other and to what the graph has already."""
    state, view = context.case.state, context.view()
    around = rows
    if graph in state.decisions.graphs:
        around = np.union1d(rows, context.view(graph).entities)
    links = view.links[np.isin(view.sources, around) & np.isin(view.targets, around)]
    return AddToGraph(graph, state.entities.id_rows(rows).tobytes(), link_refs(state, links))


def _read(context: RunContext, step: PlaybookStep) -> StepResult:
    arguments = step.arguments
    rows = context.named(arguments["of"])
    view = context.view()
    columns = context.case.state.properties
    code = context.case.state.names.known(str(arguments["property"]))
    of = view.properties[
        np.isin(columns.subject.values[view.properties], rows)
        & (columns.names.values[view.properties] == code)
    ]
    texts = sorted(set(columns.texts.take(of)))
    if len(texts) != 1:
        what = "nothing" if not texts else f"{len(texts)} different values"
        raise InvalidValue(
            "step",
            step.id,
            f"{arguments['property']} of {arguments['of']} says {what}, and one is needed",
        )
    return StepResult(step.id, step.title, step.kind, value=texts[0], data={"value": texts[0]})


def _window(context: RunContext, step: PlaybookStep) -> StepResult:
    arguments = step.arguments
    if "span" in arguments:
        window = Window.parse(str(arguments["span"]))
    else:
        window = Window.around(parse_moment(arguments["around"]), int(arguments["days"]))
    context.case.decide(TimeWindow(str(window), "keep"), label=step.title)
    ends = [f"{window.start:%Y-%m-%d}", f"{window.end:%Y-%m-%d}"]
    return StepResult(step.id, step.title, step.kind, value=str(window), data={"window": ends})


def _count(context: RunContext, step: PlaybookStep) -> StepResult:
    return _counted(context, step, str(step.arguments))


def _pairs(context: RunContext, step: PlaybookStep) -> StepResult:
    arguments = step.arguments
    view = context.view(step.options.get("graph"))
    rows = context.named(arguments["from"])
    places = np.flatnonzero(view.link_type_flags(str(arguments["link"])))
    own, other = view.sources[places], view.targets[places]
    if arguments.get("reverse", False):
        own, other = other, own
    found: dict[str, set[str]] = {view.entity(int(row)).value: set() for row in rows}
    for one, two in zip(own.tolist(), other.tolist(), strict=True):
        if one in rows:
            found[view.entity(one).value].add(view.entity(two).value)
    data = {value: sorted(ends) for value, ends in sorted(found.items())}
    return StepResult(step.id, step.title, step.kind, data={"pairs": data})


def _rows(context: RunContext, step: PlaybookStep) -> StepResult:
    arguments = step.arguments
    view = context.view(step.options.get("graph"))
    window = Window.parse(str(arguments["window"])) if arguments.get("window") else None
    of_type = view.link_type_flags(str(arguments["link"]))
    lines: list[str] = []
    ends: set[int] = set()
    for row, place in zip(view.observations.tolist(), view.observed_places.tolist(), strict=True):
        seen = view.state.link_observations.interval(row)
        if not of_type[place]:
            continue
        if arguments.get("dated") and not (seen.first.known and seen.last.known):
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
        rule += ", both dates known" if arguments.get("dated") else ", unknown ends prove nothing"
    data = {"count": len(lines), "rows": sorted(lines), "rule": rule}
    return StepResult(step.id, step.title, step.kind, rows=rows, data=data)


def _merge(context: RunContext, step: PlaybookStep) -> StepResult:
    graph = graph_of(step)
    context.case.decide(GraphMerge(graph, tuple(name_list(step.arguments))), label=step.title)
    return _counted(context, step, graph)


def _counted(context: RunContext, step: PlaybookStep, graph: str) -> StepResult:
    view = context.view(graph)
    data = {"entities": len(view.entities), "links": len(view.links)}
    return StepResult(step.id, step.title, step.kind, rows=view.entities, data=data)


def _overlap(context: RunContext, step: PlaybookStep) -> StepResult:
    graphs = name_list(step.arguments)
    if len(graphs) != 2:
        raise InvalidValue("overlap", ", ".join(graphs), "it takes two graphs")
    request = OverlapRequest(a=graphs[0], b=graphs[1], limit=TELLING_MAX)
    found = overlap_of(context.case, request)
    rows = rows_named(context.case.state, context.case.catalogue, [one.id for one in found.values])
    data = overlap_data(found)
    return StepResult(step.id, step.title, step.kind, rows=np.sort(rows), data=data)


def _score(context: RunContext, step: PlaybookStep) -> StepResult:
    return score_step(step, context.view(step.arguments), context.case.catalogue)


def _prune(context: RunContext, step: PlaybookStep) -> StepResult:
    graph = graph_of(step)
    keep = context.named(step.arguments.get("keep", []))
    result, removal = prune_step(step, context.view(graph), keep, context.case.catalogue)
    context.case.decide(removal, label=step.title)
    return result


Done = StepResult | Awaitable[StepResult]
DO: dict[str, Callable[[RunContext, PlaybookStep], Done]] = {
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
    "note": actions.note,
    "export": actions.export,
    "ask": actions.ask,
    "rank": actions.rank,
    "crowds": actions.shared_hosting,
}
"""By kind (format.KINDS); any other kind is a question."""


def step_action(step: PlaybookStep) -> Callable[[RunContext, PlaybookStep], Done]:
    """What a step does: 0.1's overlap takes a list of graphs, the question of that name fields."""
    asks = step.kind not in DO or (step.kind in questions() and isinstance(step.arguments, dict))
    return ask if asks else DO[step.kind]
