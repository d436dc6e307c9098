"""A route for each question and command, typed by its records, and what OpenAPI says of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from clew.commands.command import Command
from clew.commands.registry import commands
from clew.questions.question import AnyQuestion
from clew.questions.registry import questions
from clew.questions.requests import decode_request
from clew.service.answer_fields import require_answer_fields
from clew.service.asking import answer_json
from clew.service.case_home import CaseHome
from clew.service.question_views import QuestionView, question_view

JSON = "application/json"
COMMAND_ID = "command_id"
"""Field of a command's body that holds its id, where the header COMMAND_ID_HEADER has none."""
COMMAND_ID_HEADER = "clew-command-id"
COMMAND_ID_PARAMETER = {
    "name": COMMAND_ID_HEADER, "in": "header", "required": False, "schema": {"type": "string"},
    "description": "Of the asker's choice: asked again with it, the first answer comes again.",
}  # fmt: skip
REF = "#/components/schemas/{name}"
_encode = msgspec.json.Encoder().encode


def operations(home: CaseHome) -> APIRouter:
    """``POST /questions/NAME`` and ``POST /commands/NAME`` of a case home."""
    routes = APIRouter()

    @routes.get("/questions")
    async def list_questions() -> list[QuestionView]:
        """Every question, with what it is asked with: the page makes its forms from it."""
        return [question_view(one) for one in questions().values()]

    for question in questions().values():
        add_route(routes, f"/questions/{question.name}", question, handler_of(home, question))
    for command in commands().values():
        add_route(routes, f"/commands/{command.name}", command, handler_of(home, command))
    return routes


Handler = Callable[[Any, str], Awaitable[bytes]]
"""Answers a request as JSON; the text is a command's id, of the asker's choice, or empty."""


def handler_of(home: CaseHome, operation: AnyQuestion | Command) -> Handler:
    """The function that answers a request on what is open; pages hear of what a command did."""

    async def answer(request: Any, id_: str) -> bytes:
        if isinstance(operation, Command):
            return _encode(await home.commands.do(operation, request, id_=id_))
        return await answer_json(home, operation, request)

    return answer


def add_route(
    routes: APIRouter,
    path: str,
    operation: AnyQuestion | Command,
    answer: Handler,
    *,
    name: str = "",
) -> None:
    """Add a route whose body is an operation's request."""

    async def handle(request: Request) -> Response:
        body, id_ = await request.body(), request.headers.get(COMMAND_ID_HEADER, "")
        if isinstance(operation, Command):
            body, inside = _without_id(body)
            id_ = id_ or inside
        asked = decode_request(operation.name, operation.request, body)
        return Response(await answer(asked, id_), media_type=JSON)

    described: dict[str, Any] = {
        "requestBody": {"required": True, "content": content(operation.request)}
    }
    if isinstance(operation, Command):
        described["parameters"] = [COMMAND_ID_PARAMETER]
    routes.add_api_route(
        path, handle, methods=["POST"], name=name or _operation_id(operation),
        description=operation.summary, response_class=Response,
        responses=ok(operation.answer, operation.summary), openapi_extra=described,
    )  # fmt: skip


def _without_id(body: bytes) -> tuple[bytes, str]:
    """A command's request, and the id that its body holds beside it."""
    if COMMAND_ID.encode() not in body:
        return body, ""
    try:
        fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        id_ = msgspec.json.decode(fields.pop(COMMAND_ID, b'""'), type=str)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        # What is wrong with it is told where it is read as a request.
        return body, ""
    return msgspec.json.encode(fields), id_


def _operation_id(operation: AnyQuestion | Command) -> str:
    return f"{'do' if isinstance(operation, Command) else 'ask'}_{operation.method}"


def json_response(record: Any) -> Response:
    """A record as a response."""
    return Response(_encode(record), media_type=JSON)


def ok(kind: Any, description: str) -> dict[int | str, dict[str, Any]]:
    """The 200 of a route that answers with a record."""
    return {200: {"description": description, "content": content(kind)}}


def content(kind: Any) -> dict[str, Any]:
    """A JSON body of a record's shape."""
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=REF)
    return {JSON: {"schema": schema}}


def add_components(app: FastAPI, kinds: Iterable[Any]) -> None:
    """Describe the records of operations in the application's OpenAPI."""
    inner = app.openapi

    def openapi() -> dict[str, Any]:
        described = inner()
        _, components = msgspec.json.schema_components(list(kinds), ref_template=REF)
        described.setdefault("components", {}).setdefault("schemas", {}).update(components)
        require_answer_fields(described)
        return described

    app.openapi = openapi  # type: ignore[method-assign]


def operation_kinds() -> list[Any]:
    """The records of all questions and commands."""
    found: list[Any] = []
    for question in questions().values():
        found += [question.request, question.answer]
    for command in commands().values():
        found += [command.request, command.answer]
    return found
