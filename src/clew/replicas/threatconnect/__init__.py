"""The ThreatConnect replica: v3 lists by TQL, v2 by branches, signatures over the raw target."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from clew.replicas.behaviour import Handler
from clew.replicas.scenario import Scenario
from clew.replicas.threatconnect.auth import CREDENTIALS, TOKEN, signature_middleware
from clew.replicas.threatconnect.records import Records
from clew.replicas.threatconnect.v2 import V2
from clew.replicas.threatconnect.v3 import V3

__all__ = ["BASE_PATH", "CREDENTIALS", "PROVIDER", "TOKEN", "application"]

PROVIDER = "threatconnect"
BASE_PATH = "/api"


def application(scenario: Scenario, *, now: Callable[[], datetime]) -> web.Application:
    """The service over a scenario's incidents, groups and indicators."""
    records = Records(scenario)
    app = web.Application(middlewares=[_faults, signature_middleware(now)])
    V3(records).add_to(app)
    V2(records).add_to(app)
    return app


@web.middleware
async def _faults(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Unknown paths fail in the vendor's own envelope."""
    try:
        return await handler(request)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as error:
        status = {"status": "Failure" if "/v2/" in request.path else "Error"}
        body: dict[str, Any] = {**status, "message": "The requested resource was not found"}
        return web.json_response(body, status=error.status)
