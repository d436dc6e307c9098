"""Routes that ask providers: which transforms fit, the plan, runs and their end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from clew.engine.budget import Budget, Meter
from clew.engine.plan_data import plan_data
from clew.engine.run import summary
from clew.errors import UnknownName
from clew.graph.results import result_rows
from clew.questions.entities import ids_of, rows_named
from clew.schema.refang import defang, defang_words
from clew.schema.value import entity_id
from clew.service.case_home import CaseHome
from clew.service.maltego_views import maltego_name
from clew.service.run_views import PlanView, RunView, TransformParameter, TransformView
from clew.service.shapes import (
    Acknowledgement,
    EntitySelection,
    PlanRequest,
    ResumeRequest,
    RunRequest,
)
from clew.store.runs import Run
from clew.transform.contract import Transform

LINES_MAX = 200
"""Most problems and cuts of a run that are listed."""


def run_routes(home: CaseHome) -> APIRouter:
    """The routes of a case home that ask."""
    routes = APIRouter()

    @routes.post("/transforms")
    async def fitting(asked: EntitySelection) -> list[TransformView]:
        """Every transform, with how many of the chosen entities it takes."""
        view = home.view(asked.graph)
        rows = rows_named(home.bench.state, home.bench.catalogue, asked.entities).tolist()
        types = [view.entity(row).type for row in rows]
        used = [run.transform for run in home.bench.case.store.runs()]
        return [
            _transform(home, one, types, used)
            for one in sorted(home.bench.registry.transforms.values(), key=lambda it: it.id)
        ]

    @routes.post("/plan")
    async def plan(asked: PlanRequest) -> PlanView:
        """What a run would do; nothing has left yet, but a vendor may be asked for its price."""
        rows = rows_named(home.bench.state, home.bench.catalogue, asked.entities)
        made = await home.bench.quoted(home.bench.plan(asked.transform, rows, asked.settings))
        data = plan_data(made)
        data["asks"] = [defang(lookup.value) for lookup in made.lookups if not lookup.cached]
        data["kept"] = [defang(lookup.value) for lookup in made.lookups if lookup.cached]
        data["quotes"] = {defang(value): quote for value, quote in data["quotes"].items()}
        data["held_back"] = [
            {"value": defang(one.value), "reason": one.reason} for one in made.skipped
        ]
        titles = {"title": made.transform.title, "provider": made.transform.provider.label}
        return PlanView.model_validate({**data, **titles})

    @routes.post("/runs")
    async def start(asked: RunRequest) -> Acknowledgement:
        """Begin a run; it goes on when the page is closed."""
        home.view(asked.graph)
        rows = rows_named(home.bench.state, home.bench.catalogue, asked.entities)
        meter = Meter(Budget(None, asked.credits_max))
        made = home.bench.plan(asked.transform, rows, asked.settings)
        made = await home.bench.quoted(made, meter=meter)
        run = home.bench.start(made, graph=asked.graph, meter=meter)
        home.begin(run, meter, rows_max=asked.rows_max)
        return Acknowledgement(seq=home.bench.state.seq, label=run.id)

    @routes.get("/runs")
    async def runs(most: Annotated[int, Query(ge=1, le=1_000)] = 200) -> list[RunView]:
        """The latest runs, newest first."""
        return [_run(home, run) for run in home.bench.case.store.runs(latest=most)[::-1]]

    @routes.get("/runs/{run}/inputs")
    async def inputs(run: str) -> list[str]:
        """Ids of the entities that a run was asked about."""
        tasks = home.bench.case.store.tasks(_known(home, run).id)
        return [entity_id(task.type, task.value).hex() for task, _ in tasks]

    @routes.get("/runs/{run}/found")
    async def found(run: str) -> list[str]:
        """Ids of the entities that a run found."""
        return ids_of(home.bench.state, result_rows(home.bench.state, _known(home, run).action))

    @routes.post("/runs/{run}/stop")
    async def stop(run: str) -> Acknowledgement:
        """Stop a run; what came stays."""
        stopped = home.jobs.stop(_known(home, run).id)
        return Acknowledgement(seq=home.bench.state.seq, label="stopped" if stopped else "")

    @routes.post("/runs/{run}/resume")
    async def resume(run: str, asked: ResumeRequest | None = None) -> Acknowledgement:
        """Go on with a run that was stopped."""
        found = _known(home, run)
        job = home.jobs.get(run)
        if job is None or not job.running:
            most = None if asked is None else asked.credits_max
            budget = home.bench.budget_of(found) if most is None else Budget(None, most)
            meter = Meter(budget)
            home.bench.admit_rest(found, meter)
            home.begin(found, meter)
        return Acknowledgement(seq=home.bench.state.seq, label=run)

    return routes


def _known(home: CaseHome, id_: str) -> Run:
    run = home.bench.case.store.run(id_)
    if run is None:
        raise UnknownName("run", id_)
    return run


def _run(home: CaseHome, run: Run) -> RunView:
    ended, job = summary(home.bench.case, run), home.jobs.get(run.id)
    transform = home.bench.registry.transforms.get(run.transform)
    return RunView(
        id=run.id, label=run.label, transform=run.transform, graph=run.graph, at=run.at,
        provider=transform.provider.label if transform else run.transform.partition(".")[0],
        running=job is not None and job.running,
        done=ended.done, failed=ended.failed, left=ended.left,
        total=ended.done + ended.failed + ended.left, calls=ended.calls, cached=ended.cached,
        credits=ended.credits,
        credits_left=_credits_left(home, run) if transform and ended.left else 0.0,
        cuts=[defang_words(line) for line in ended.incomplete[:LINES_MAX]],
        problems=[defang_words(line) for line in ended.problems[:LINES_MAX]],
        fault=job.fault if job is not None else "", maltego=maltego_name(run.transform),
    )  # fmt: skip


def _credits_left(home: CaseHome, run: Run) -> float:
    """What is left of its grant, or else what is left of it costs as it is declared."""
    return home.bench.budget_of(run).credits or home.bench.credits_left(run)


def _transform(home: CaseHome, one: Transform, types: list[str], used: list[str]) -> TransformView:
    accepted = {kind.type.name for kind in one.accepts}
    fits = sum(not accepted or name in accepted for name in types)
    return TransformView(
        id=one.id, name=one.name.replace("_", " ").capitalize(), title=one.title,
        provider=one.provider.name, provider_label=one.provider.label,
        contact=int(home.bench.settings.contact(one.provider)), fits=fits, takes=sorted(accepted),
        credits=one.cost.estimate(one.expects) * fits, unit=one.cost.unit,
        maltego=maltego_name(one.id),
        last_used=used[::-1].index(one.id) if one.id in used else -1,
        parameters=[
            TransformParameter(name=it.name, kind=it.kind, default=it.default, helps=it.helps,
                               choices=list(it.choices))
            for it in one.parameters
        ],
    )  # fmt: skip
