"""Version 3: discovery in JSON, and runs that are started, polled, cancelled and deleted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse
from starlette.routing import Route

from clew.errors import ClewError, InvalidValue
from clew.interop.maltego.discovery import write_transforms
from clew.interop.maltego.record import TransformResponse
from clew.interop.maltego.v3 import ids_of, read_run, write_results, write_started, write_summary
from clew.service.trx.answers import json
from clew.service.trx.client_runs import ClientRun, ClientRuns
from clew.service.trx.run import Setup, ask, fits

EVENTS_MAX = 10_000
"""Most events of one page of results."""
NOT_FOUND = "Transform run not found"

Handler = Callable[[HttpRequest], Awaitable[HttpResponse]]


def v3_routes(setup: Setup, runs: ClientRuns) -> list[Route]:
    """The routes of transforms and their runs."""

    async def transforms(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
        return json(write_transforms(setup.catalogue.full, protocol="v3"))

    async def transform(request: HttpRequest) -> HttpResponse:
        id_ = request.path_params["id"]
        found = [one for one in setup.catalogue.full if one.name == id_]
        if not found:
            return _unknown(id_)
        listing = msgspec.json.decode(write_transforms(found, protocol="v3"))
        return json(listing["transforms"][0])

    async def start(request: HttpRequest) -> HttpResponse:
        id_ = request.path_params["id"]
        found = setup.catalogue.by_id.get(id_)
        if found is None:
            return _unknown(id_)
        try:
            asked = read_run(await request.body())
        except InvalidValue as error:
            detail = [{"type": "value_error", "loc": ["body"], "msg": str(error)}]
            return json({"detail": detail}, 422)
        if not fits(setup, found, asked):
            return json({"detail": "No input entity matches the transforms signature"}, 400)

        async def work() -> TransformResponse:
            return await ask(setup, found, asked)

        try:
            run = runs.begin(id_, ids_of(asked.things, "e")[0], work)
        except ClewError as error:
            return json({"detail": str(error)}, 503)
        started = write_started(run=run.id, started=run.started)
        return json(started, 201, {"maltego-run-state": "INITIALIZED"})

    async def results(request: HttpRequest) -> HttpResponse:
        run = _run_of(runs, request)
        if run is None:
            return json({"detail": NOT_FOUND}, 404, {"maltego-run-state": "TIMED_OUT"})
        pointer = _number(request.query_params.get("eventPointer", ""))
        limit = _number(request.query_params.get("eventLimit", "")) or EVENTS_MAX
        page = write_results(
            run.response, run=run.id, state=run.state, started=run.started,
            updated=run.updated, pointer=pointer, limit=min(limit, EVENTS_MAX), asked=run.asked,
        )  # fmt: skip
        return json(page, headers=_headers(run))

    async def cancel(request: HttpRequest) -> HttpResponse:
        run = _run_of(runs, request)
        if run is None:
            return json({"detail": NOT_FOUND}, 404)
        runs.cancel(run)
        return _summary(run)

    async def delete(request: HttpRequest) -> HttpResponse:
        run = _run_of(runs, request)
        if run is None:
            return json({"detail": NOT_FOUND}, 404)
        runs.delete(run)
        return _summary(run)

    run_path = "/transforms/{id}/run/{run}"
    routes: list[tuple[str, str, Handler]] = [
        ("GET", "/transforms", transforms),
        ("GET", "/transforms/{id}", transform),
        ("POST", "/transforms/{id}/run", start),
        ("GET", f"{run_path}/results", results),
        ("GET", f"{run_path}/status", results),
        ("POST", f"{run_path}/cancel", cancel),
        ("DELETE", run_path, delete),
    ]
    return [
        Route(f"{head}{path}", handler, methods=[method])
        for head in ("", "/api/v3")
        for method, path, handler in routes
    ]


def _run_of(runs: ClientRuns, request: HttpRequest) -> ClientRun | None:
    return runs.get(request.path_params["id"], request.path_params["run"])


def _unknown(id_: str) -> HttpResponse:
    return json({"detail": f"Transform with id {id_[:200]} not found"}, 404)


def _headers(run: ClientRun) -> dict[str, str]:
    return {
        "maltego-run-state": run.state,
        "maltego-run-duration": str(run.duration_ms),
    }


def _summary(run: ClientRun) -> HttpResponse:
    summary = write_summary(run.response, run=run.id, state=run.state, duration_ms=run.duration_ms)
    added = msgspec.json.encode(msgspec.json.decode(summary)["entities"]["added"]).decode()
    return json(summary, headers={**_headers(run), "maltego-entities-added": added})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
