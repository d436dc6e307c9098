"""Paths of version 0.1: each leads to the question or the command that took its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from clew.commands.registry import commands
from clew.errors import InvalidValue
from clew.questions.identity import IdentityRow
from clew.questions.next_pivots import PivotRow
from clew.questions.question import LIMIT_MAX
from clew.questions.registry import question_named
from clew.questions.requests import request_of
from clew.service.asking import answer_json
from clew.service.case_home import CaseHome
from clew.service.operations import COMMAND_ID_HEADER, add_route, handler_of, json_response, ok

COMMANDS: Mapping[str, str] = {
    "/undo": "undo", "/redo": "redo", "/graphs": "create-graph", "/hide": "hide",
    "/remove": "remove", "/label": "label", "/join": "merge-entities", "/split": "split-entities",
    "/note": "note", "/mark": "mark", "/move": "move", "/window": "set-window", "/copy": "copy",
    "/merge": "merge-graphs", "/text": "add-text",
}  # fmt: skip
"""Old path to command; the bodies have the same members."""


def old_paths(home: CaseHome) -> APIRouter:
    """The routes of version 0.1 that questions and commands took over."""
    routes = APIRouter(deprecated=True)
    for path, name in COMMANDS.items():
        one = commands()[name]
        add_route(routes, path, one, handler_of(home, one), name=f"old_{one.method}")

    async def answer_to(name: str, fields: Mapping[str, Any]) -> Any:
        question = question_named(name)
        data = await answer_json(home, question, request_of(name, question.request, fields))
        return msgspec.json.decode(data, type=question.answer)

    def described(name: str) -> dict[str, Any]:
        return {"response_class": Response, "responses": ok(question_named(name).answer, name)}

    @routes.get("/entities/{entity}", **described("about"))
    async def old_about(entity: str) -> Response:
        """Now the question *about*."""
        return json_response(await answer_to("about", {"entity": entity}))

    @routes.get("/links", **described("between"))
    async def old_between(a: str, b: str) -> Response:
        """Now the question *between*."""
        return json_response(await answer_to("between", {"a": a, "b": b}))

    @routes.get("/connections", **described("why"))
    async def old_why(a: str, b: str) -> Response:
        """Now the question *why*."""
        return json_response(await answer_to("why", {"a": a, "b": b}))

    @routes.get("/graph/communities", **described("structure"))
    async def old_structure(graph: str) -> Response:
        """Now the question *structure*."""
        return json_response(await answer_to("structure", {"graph": graph, "limit": LIMIT_MAX}))

    @routes.get(
        "/graph/identity", response_class=Response, responses=ok(tuple[IdentityRow, ...], "Pairs")
    )
    async def old_identity(graph: str) -> Response:
        """Now the question *identity*."""
        return json_response((await answer_to("identity", {"graph": graph})).pairs)

    @routes.post("/pivots", response_class=Response, responses=ok(tuple[PivotRow, ...], "Pivots"))
    async def old_pivots(request: Request) -> Response:
        """Now the question *next-pivots*."""
        return json_response((await answer_to("next-pivots", await _body(request))).pivots)

    @routes.post("/nearest", response_class=Response, responses=ok(tuple[str, ...], "Ids"))
    async def old_nearest(request: Request) -> Response:
        """Now the question *nearest*."""
        found = (await answer_to("nearest", await _body(request))).entities
        return json_response(sorted({one.id for one in found}))

    @routes.post("/overlap", **described("overlap"))
    async def old_overlap(request: Request) -> Response:
        """Now the question *overlap*."""
        sources = list((await _body(request)).get("sources") or ())[:2]
        if len(sources) < 2:
            raise InvalidValue("request", "", "it names fewer than two graphs")
        return json_response(await answer_to("overlap", {"a": sources[0], "b": sources[1]}))

    @routes.post("/prune/proposal", **described("prune-proposal"))
    async def old_proposal(request: Request) -> Response:
        """Now the question *prune-proposal*."""
        return json_response(
            await answer_to("prune-proposal", _window_by_text(await _body(request)))
        )

    @routes.post(
        "/prune", response_class=Response, responses=ok(commands()["prune"].answer, "Done")
    )
    async def old_prune(request: Request) -> Response:
        """Now the command *prune*."""
        one = commands()["prune"]
        prune = request_of(one.name, one.request, _window_by_text(await _body(request)))
        id_ = request.headers.get(COMMAND_ID_HEADER, "")
        return json_response(await home.commands.do(one, prune, id_=id_))

    return routes


async def _body(request: Request) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(await request.body() or b"{}", type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise InvalidValue("request", "", str(error)) from error
    return found


def _window_by_text(fields: dict[str, Any]) -> dict[str, Any]:
    """At 0.1 ``window`` said whether the window under study counts."""
    if fields.get("window") is False:
        return {**fields, "window": ""}
    return {name: value for name, value in fields.items() if name != "window"}
