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
from clew.service.trx.kept import KeptRun, KeptRuns
from clew.service.trx.run import Setup, ask, fits

EVENTS_MAX = 10_000
"""Most events of one page of results."""
NOT_FOUND = "Transform run not found"

Handler = Callable[[HttpRequest], Awaitable[HttpResponse]]


def polling(setup: Setup, runs: KeptRuns) -> list[Route]:
    """The routes of transforms and their runs."""

    async def transforms(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
        return json(write_transforms(setup.offer.full, protocol="v3"))

    async def transform(request: HttpRequest) -> HttpResponse:
        id_ = request.path_params["id"]
        found = [one for one in setup.offer.full if one.name == id_]
        if not found:
            return _unknown(id_)
        told = msgspec.json.decode(write_transforms(found, protocol="v3"))
        return json(told["transforms"][0])

    async def start(request: HttpRequest) -> HttpResponse:
        id_ = request.path_params["id"]
        found = setup.offer.by_id.get(id_)
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
            kept = runs.begin(id_, ids_of(asked.things, "e")[0], work)
        except ClewError as error:
            return json({"detail": str(error)}, 503)
        told = write_started(run=kept.id, started=kept.started)
        return json(told, 201, {"maltego-run-state": "INITIALIZED"})

    async def results(request: HttpRequest) -> HttpResponse:
        kept = _kept(runs, request)
        if kept is None:
            return json({"detail": NOT_FOUND}, 404, {"maltego-run-state": "TIMED_OUT"})
        pointer = _number(request.query_params.get("eventPointer", ""))
        limit = _number(request.query_params.get("eventLimit", "")) or EVENTS_MAX
        told = write_results(
            kept.response, run=kept.id, state=kept.state, started=kept.started,
            updated=kept.updated, pointer=pointer, limit=min(limit, EVENTS_MAX), asked=kept.asked,
        )  # fmt: skip
        return json(told, headers=_headers(kept))

    async def cancel(request: HttpRequest) -> HttpResponse:
        kept = _kept(runs, request)
        if kept is None:
            return json({"detail": NOT_FOUND}, 404)
        runs.cancel(kept)
        return _summary(kept)

    async def delete(request: HttpRequest) -> HttpResponse:
        kept = _kept(runs, request)
        if kept is None:
            return json({"detail": NOT_FOUND}, 404)
        runs.delete(kept)
        return _summary(kept)

    run = "/transforms/{id}/run/{run}"
    routes: list[tuple[str, str, Handler]] = [
        ("GET", "/transforms", transforms),
        ("GET", "/transforms/{id}", transform),
        ("POST", "/transforms/{id}/run", start),
        ("GET", f"{run}/results", results),
        ("GET", f"{run}/status", results),
        ("POST", f"{run}/cancel", cancel),
        ("DELETE", run, delete),
    ]
    return [
        Route(f"{head}{path}", handler, methods=[method])
        for head in ("", "/api/v3")
        for method, path, handler in routes
    ]


def _kept(runs: KeptRuns, request: HttpRequest) -> KeptRun | None:
    return runs.get(request.path_params["id"], request.path_params["run"])


def _unknown(id_: str) -> HttpResponse:
    return json({"detail": f"Transform with id {id_[:200]} not found"}, 404)


def _headers(kept: KeptRun) -> dict[str, str]:
    return {
        "maltego-run-state": kept.state,
        "maltego-run-duration": str(kept.duration_ms),
    }


def _summary(kept: KeptRun) -> HttpResponse:
    told = write_summary(kept.response, run=kept.id, state=kept.state, duration_ms=kept.duration_ms)
    added = msgspec.json.encode(msgspec.json.decode(told)["entities"]["added"]).decode()
    return json(told, headers={**_headers(kept), "maltego-entities-added": added})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
