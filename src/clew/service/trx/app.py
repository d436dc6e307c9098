"""The application for Maltego's clients: all generations of the protocol, without its door."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse

from clew.service.trx.about import about
from clew.service.trx.answers import fault
from clew.service.trx.kept import KeptRuns
from clew.service.trx.run import Setup
from clew.service.trx.seed import seeding
from clew.service.trx.simple import running
from clew.service.trx.v3 import polling


def application(setup: Setup) -> Starlette:
    """The service on an open investigation; the file is closed by who opened it."""
    runs = KeptRuns()

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
            *running(setup), *seeding(setup), *polling(setup, runs),
            *about(setup, started_s=time.time()),
        ],
        exception_handlers={HTTPException: refused, Exception: broken},
        lifespan=life,
    )  # fmt: skip
    # A redirect would make a client repeat its POST without the body.
    app.router.redirect_slashes = False
    return app
