"""The application for Maltego's clients: all generations of the protocol, without its door."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse

from clew.service.trx.answers import fault
from clew.service.trx.client_runs import ClientRuns
from clew.service.trx.discovery_routes import discovery_routes
from clew.service.trx.run import Setup
from clew.service.trx.server_info import server_info_routes
from clew.service.trx.v2_routes import v2_routes
from clew.service.trx.v3_routes import v3_routes


def application(setup: Setup) -> Starlette:
    """The service on an open investigation; the file is closed by who opened it."""
    runs = ClientRuns()

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        await runs.close()

    async def refused(request: HttpRequest, error: Exception) -> HttpResponse:
        assert isinstance(error, HTTPException)
        answer = fault(request, error.detail, error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    async def broken(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
        return fault(request, "Clew failed for a reason of its own. Please report it.", 500)

    app = Starlette(
        routes=[
            *v2_routes(setup), *discovery_routes(setup), *v3_routes(setup, runs),
            *server_info_routes(setup, started_s=time.time()),
        ],
        exception_handlers={HTTPException: refused, Exception: broken},
        lifespan=life,
    )  # fmt: skip
    # A redirect would make a client repeat its POST without the body.
    app.router.redirect_slashes = False
    return app
