"""The application: all routes behind the gate, the stream, and the page's files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.routing import APIRoute

from clew.service.case_home import CaseHome
from clew.service.case_routes import case_routes
from clew.service.events import PAGE_EVENTS
from clew.service.export_routes import export_routes
from clew.service.faults import add_faults
from clew.service.import_routes import import_routes
from clew.service.job_routes import job_routes
from clew.service.layout_routes import layout_routes
from clew.service.library_routes import library_routes
from clew.service.maltego_routes import maltego_routes
from clew.service.old_paths import old_paths
from clew.service.operations import add_components, operation_kinds, operations
from clew.service.playbook_routes import playbook_routes
from clew.service.run_routes import run_routes
from clew.service.settings_routes import settings_routes
from clew.service.shapes import FaultView
from clew.service.stream import stream
from clew.service.table_routes import table_routes

PAGE_MISSING = (
    "<!doctype html><title>Clew</title><p>The page was not built. In a source tree run "
    "<code>./dev web</code>; a released wheel brings it along."
)


def application(home: CaseHome, *, page: Path | None = None) -> FastAPI:
    """
    The service on a case home, without its gate.

    Args:
        home: The open investigation; closed with the application.
        page: Folder of the built page; the shipped one where None.
    """

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        going_on = [loop.create_task(home.prepare()), loop.create_task(home.watch())]
        yield
        for one in going_on:
            one.cancel()
        await home.close()

    app = FastAPI(
        title="Clew", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        lifespan=life, generate_unique_id_function=_operation,
        responses={"default": {"model": FaultView, "description": "What happened and what helps"}},
    )  # fmt: skip
    add_faults(app)
    parts = (
        library_routes, case_routes, table_routes, operations, layout_routes, run_routes,
        playbook_routes, import_routes, export_routes, maltego_routes, settings_routes, job_routes,
        old_paths, stream,
    )  # fmt: skip
    for part in parts:
        app.include_router(part(home), prefix="/api")
    add_components(app, [*operation_kinds(), *PAGE_EVENTS])
    app.include_router(_page(page or page_folder()))
    return app


def page_folder() -> Path:
    """Where the built page is, in a wheel and in a source tree."""
    return Path(str(files("clew.service") / "page"))


def _operation(route: APIRoute) -> str:
    return route.name


def _page(folder: Path) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    root = folder.resolve()

    @routes.get("/")
    async def index() -> Response:
        file = root / "index.html"
        return FileResponse(file) if file.is_file() else HTMLResponse(PAGE_MISSING, 503)

    @routes.get("/assets/{name}")
    async def asset(name: str) -> Response:
        file = (root / "assets" / name).resolve()
        if file.parent != root / "assets" or not file.is_file():
            return Response(status_code=404)
        return FileResponse(file)

    return routes
