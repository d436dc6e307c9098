"""Version 3: what the server says of itself, and the types that it brings along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse
from starlette.routing import Route

from clew.service.trx.answers import PROTOCOL, asks_json, json, text
from clew.service.trx.kinds import asset, own_kinds
from clew.service.trx.run import Setup


def server_info_routes(setup: Setup, *, started_s: float) -> list[Route]:
    """
    The routes that tell of the server; none of them changes anything.

    Args:
        setup: What is served from.
        started_s: When it started, in seconds since 1970.
    """

    def status() -> dict[str, Any]:
        return {
            "startupTime": started_s,
            "v2TransformCount": len(setup.catalogue.simple),
            "v3TransformCount": len(setup.catalogue.full),
            "entityCount": len(own_kinds(setup.bench.catalogue)),
            "entityCategoryCount": 1,
            "transformSetCount": len(_sets(setup)),
            "iconCount": 0,
            "machineCount": 0,
        }

    async def root(request: HttpRequest) -> HttpResponse:
        if asks_json(request):
            return json(status())
        return text("Clew's transforms for Maltego. The seed is at /seed.")

    answers: dict[str, Callable[[], object]] = {
        "/status": status,
        "/health": lambda: {"status": "ok"},
        "/hub_item": _hub_item,
        "/.well-known/supported_capabilities": lambda: {
            "protocol": PROTOCOL, "supported_capabilities": [],
        },
        "/assets": lambda: {
            "entities": _entities(setup), "icons": [], "machines": [],
            "transformSets": _sets(setup), "oAuthService": [],
        },
        "/assets/entities": lambda: _entities(setup),
        "/assets/icons": list,
        "/assets/machines": list,
        "/assets/sets": lambda: _sets(setup),
        "/assets/oauthservice": list,
    }  # fmt: skip
    routes = [
        Route(f"{head}{path}", _json_route(make), methods=["GET"])
        for head in ("", "/api/v3")
        for path, make in answers.items()
    ]
    return [*routes, *(Route(path, root, methods=["GET"]) for path in ("/", "/api/v3", "/api/v3/"))]


def _json_route(make: Callable[[], object]) -> Callable[[HttpRequest], Any]:
    async def answer(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
        return json(make())

    return answer


def _hub_item() -> dict[str, Any]:
    return {
        "id": "clew", "displayName": "Clew",
        "description": "Link analysis: every result with its source and its dates.",
        "iconUrl": None, "previewImageUrl": None,
        "provider": {"name": "Clew", "website": None, "email": None, "phone": None},
    }  # fmt: skip


def _entities(setup: Setup) -> list[dict[str, Any]]:
    return [asset(kind) for kind in own_kinds(setup.bench.catalogue)]


def _sets(setup: Setup) -> list[dict[str, Any]]:
    found: dict[str, list[str]] = {}
    for transform in setup.catalogue.transforms:
        found.setdefault(transform.provider.label, []).append(transform.id)
    return [{"name": name, "transforms": ids} for name, ids in found.items()]
