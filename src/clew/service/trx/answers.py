"""Answers in the formats of Maltego's clients."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse

from clew.service.trx.gate import BASE, wants_json

PROTOCOL = "3.3"
"""The version of the newest protocol that is spoken."""
V3_HEAD = "/api/v3"
"""Below which every route of version 3 lives too."""


def xml(body: bytes, status: int = 200) -> HttpResponse:
    """A document of version 2."""
    return HttpResponse(body, status, media_type="text/xml")


def text(body: str, status: int = 200) -> HttpResponse:
    """A sentence."""
    return HttpResponse(body, status, media_type="text/plain")


def json(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """An answer of version 3; bytes are JSON already."""
    data = body if isinstance(body, bytes) else msgspec.json.encode(body)
    lines = {"maltego-protocol-version": PROTOCOL, **(headers or {})}
    return HttpResponse(data, status, media_type="application/json", headers=lines)


def fault(request: HttpRequest, what: str, status: int) -> HttpResponse:
    """A refusal, as the client reads it."""
    if asks_json(request):
        return json({"detail": what}, status)
    return text(what, status)


def asks_json(request: HttpRequest) -> bool:
    """Whether the client speaks version 3: it says so, or asks below that protocol's own head."""
    path = request.scope["path"]
    return wants_json(request.headers) or path == V3_HEAD or path.startswith(f"{V3_HEAD}/")


def base_of(request: HttpRequest) -> str:
    """The address that the client knows us by, token included."""
    return str(request.scope[BASE])
