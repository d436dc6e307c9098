"""One question of a Maltego client: entered in the graph, asked as everywhere, answered."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from clew.engine.budget import Budget, Meter
from clew.engine.plan import Plan
from clew.errors import ClewError
from clew.graph.entities import pack_ids
from clew.interop.maltego.record import Message, TransformRequest, TransformResponse
from clew.model.provenance import Extent
from clew.service.trx.catalogue import TransformCatalogue, transform_catalogue, transform_settings
from clew.service.trx.inputs import Inputs, add_inputs, inputs_of
from clew.service.trx.results import run_results
from clew.store.runs import Run
from clew.transform.contract import Transform
from clew.workbench import Workbench

RESULTS_MAX = 10_000
"""Most entities of one answer, whatever limit the client names."""
LINES_MAX = 20
"""Most problems of a run that are told one by one."""
RUNNING_MAX = 16
"""Runs that are worked on at the same time; others wait."""


@dataclass(slots=True)
class Setup:
    """What clients are served from."""

    bench: Workbench
    """Used from the event loop's thread only."""
    graph: str = "maltego"
    """Where what is asked about, and what is found, goes."""
    credits_max: float = 0.0
    """Most credits of one run."""
    run_s_max: float = 600.0
    """Longest time that one run may take, in seconds."""
    catalogue: TransformCatalogue = field(init=False)
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(RUNNING_MAX))

    def __post_init__(self) -> None:
        self.catalogue = transform_catalogue(self.bench.registry)


async def ask(setup: Setup, transform: Transform, request: TransformRequest) -> TransformResponse:
    """
    What the transform tells of the request's entities.

    Whatever goes wrong is a message of the answer, with what helps.
    """
    try:
        async with setup.gate:
            return await _response(setup, transform, request)
    except ClewError as error:
        return TransformResponse(messages=(Message("PartialError", str(error)),))
    except Exception:
        logging.getLogger(__name__).exception("%s failed", transform.id)
        what = f"{transform.id} failed for a reason of Clew's own. Please report it."
        return TransformResponse(messages=(Message("PartialError", what),))


def fits(setup: Setup, transform: Transform, request: TransformRequest) -> bool:
    """Whether the transform takes one of the request's entities."""
    return bool(inputs_of(transform, request.things, setup.bench.catalogue).values)


async def _response(
    setup: Setup, transform: Transform, request: TransformRequest
) -> TransformResponse:
    bench = setup.bench
    settings = transform_settings(transform, request.settings)
    inputs = inputs_of(transform, request.things, setup.bench.catalogue)
    messages = inputs.messages
    if not inputs.values:
        return TransformResponse(messages=tuple(messages))
    bench.case.catch_up()
    rows = add_inputs(bench, setup.graph, list(inputs.values))
    made = bench.plan(transform.id, rows, settings.parameters)
    messages += [
        Message("PartialError", f"{one.value}: not asked, {one.reason}.") for one in made.skipped
    ]
    for one in made.lookups:
        messages += [
            Message("Inform", f"Asked about {one.value} instead of {other}.")
            for other in one.instead_of
        ]
    if not made.lookups:
        return TransformResponse(messages=tuple(messages))
    # What can't be asked at all says so, before what it would cost.
    bench.settings.config_of(transform.provider)
    meter = Meter(Budget(None, setup.credits_max))
    made = await bench.quoted(made, meter=meter)
    after = bench.state.seq
    run = bench.start(made, graph=setup.graph, meter=meter)
    try:
        async with asyncio.timeout(setup.run_s_max):
            await bench.work_on(run, rows_max=settings.rows_max, meter=meter)
    except TimeoutError:
        what = f"Stopped after {setup.run_s_max:g} s; 'clew run {_file(setup)} --resume' goes on."
        messages.append(Message("PartialError", what))
    messages += _outcomes(setup, run)
    most = min(request.hard_limit, RESULTS_MAX)
    ids = _ids(setup, inputs, made)
    answer = run_results(bench, run, after=after, asked=ids, graph=setup.graph, most=most)
    return TransformResponse(answer.things, answer.edges, (*messages, *answer.messages))


def _outcomes(setup: Setup, run: Run) -> list[Message]:
    """What was cut, failed or not understood."""
    messages: list[Message] = []
    problems: list[str] = []
    for task, outcome in setup.bench.case.store.tasks(run.id):
        if outcome is None:
            continue
        match outcome.completeness.extent:
            case Extent.FAILED:
                messages.append(
                    Message("PartialError", f"{task.value}: {outcome.completeness.reason}")
                )
            case Extent.CUT:
                messages.append(Message("Inform", f"{task.value}: {outcome.completeness}."))
            case Extent.COMPLETE:
                pass
        problems += [f"{task.value}: {what}" for what in outcome.problems]
    messages += [Message("Inform", f"Left out: {what}") for what in problems[:LINES_MAX]]
    if len(problems) > LINES_MAX:
        messages.append(Message("Inform", f"And {len(problems) - LINES_MAX} more problems."))
    return messages


def _ids(setup: Setup, inputs: Inputs, made: Plan) -> dict[int, str]:
    """The client's id of each entity that was asked about, by row; also of what stands for it."""
    by_value = dict(inputs.values)
    for one in made.lookups:
        for other in one.instead_of:
            by_value.setdefault(one.value, inputs.values[other])
    state = setup.bench.state
    rows = state.entities.find(pack_ids(b"".join(value.id for value in by_value))).tolist()
    return {row: id_ for row, id_ in zip(rows, by_value.values(), strict=True) if row >= 0}


def _file(setup: Setup) -> str:
    return setup.bench.case.store.path.name
