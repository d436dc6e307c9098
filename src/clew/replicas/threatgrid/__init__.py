"""The ThreatGRID replica: submissions, parts of reports, samples by what they touched, feeds."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from clew.replicas.behaviour import Handler
from clew.replicas.scenario import Scenario
from clew.replicas.threatgrid.envelope import fault
from clew.replicas.threatgrid.pivots import Pivots
from clew.replicas.threatgrid.samples import Samples

__all__ = ["BASE_PATH", "CREDENTIALS", "PROVIDER", "application"]

PROVIDER = "threatgrid"
BASE_PATH = "/api"
CREDENTIALS = {"api_key": "replica-key-of-threatgrid"}


def application(scenario: Scenario, *, now: Callable[[], datetime]) -> web.Application:  # noqa: ARG001
    """The service over a scenario's sandbox runs."""
    app = web.Application(middlewares=[_faults, _keyed])
    Samples(scenario).add_to(app)
    Pivots(scenario).add_to(app)
    return app


@web.middleware
async def _keyed(request: web.Request, handler: Handler) -> web.StreamResponse:
    header = request.headers.get("Authorization", "")
    scheme, _, key = header.partition(" ")
    token = key.strip() if scheme.lower() == "bearer" else request.query.get("api_key", "")
    if not hmac.compare_digest(token.encode(), CREDENTIALS["api_key"].encode()):
        return fault(401, "Unauthorized")
    return await handler(request)


@web.middleware
async def _faults(request: web.Request, handler: Any) -> web.StreamResponse:
    """Unknown paths fail in the vendor's own envelope."""
    try:
        response: web.StreamResponse = await handler(request)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as error:
        return fault(error.status, "Not Found")
    return response
