"""Errors become one shape and a status that says who can help."""

from __future__ import annotations

import sys

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from clew.errors import (
    ClewError,
    DiskFull,
    FileBusy,
    FileFault,
    InvalidValue,
    ProviderFault,
    Refusal,
    TooLarge,
    UnknownName,
)
from clew.service.gate import problem
from clew.service.refusal_page import is_navigation, refusal_page
from clew.store.sqlite_faults import file_error

STATUS: tuple[tuple[type[ClewError], int], ...] = (
    (UnknownName, 404),
    (InvalidValue, 422),
    (TooLarge, 413),
    (Refusal, 403),
    (DiskFull, 507),
    (FileBusy, 409),
    (FileFault, 409),
    (ProviderFault, 424),
    (ClewError, 400),
)
"""The first that fits."""


def add_faults(app: FastAPI) -> None:
    """Make every error of *app* one shape."""

    @app.exception_handler(ClewError)
    async def ours(request: Request, error: ClewError) -> JSONResponse:
        status = next(code for kind, code in STATUS if isinstance(error, kind))
        return JSONResponse(problem(error.what, error.helps, request.url.path), status)

    @app.exception_handler(Exception)
    async def other(request: Request, error: Exception) -> JSONResponse:
        known = file_error(error)
        if known is not None:
            return await ours(request, known)
        what = f"This is a fault of Clew: {type(error).__name__}."
        sys.stderr.write(f"clew: {request.method} {request.url.path}: {error!r}. {what}\n")
        helps = "What was acknowledged is kept. 'clew report-problem' says what a report needs."
        return JSONResponse(problem(what, helps, request.url.path), 500)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        what = f"The request is not understood at {where}: {first['msg']}."
        return JSONResponse(problem(what, "", request.url.path), 422)

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404 and is_navigation(request.method, request.headers):
            page = refusal_page("There is nothing at this address.", "")
            return HTMLResponse(page, error.status_code)
        return JSONResponse(problem(f"{error.detail}.", "", request.url.path), error.status_code)
