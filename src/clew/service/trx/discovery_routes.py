"""Discovery: the seed, the list of transforms and types, and runs by command."""

from __future__ import annotations

from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse
from starlette.routing import Route

from clew import __version__
from clew.interop.maltego.discovery import Application, Seed, write_seed, write_transforms
from clew.service.trx.answers import asks_json, base_of, fault, json, text, xml
from clew.service.trx.kinds import configuration
from clew.service.trx.run import Setup
from clew.service.trx.v2_routes import v2_answer

PAGE_SIZE = 50
"""Events that a client of version 3 may ask for at once; it is told, not enforced."""


def discovery_routes(setup: Setup) -> list[Route]:
    """The routes of a seed, and of the application that it names."""

    async def asked(request: HttpRequest) -> HttpResponse:
        command = request.query_params.get("Command", "").upper()
        if request.method == "OPTIONS":
            return json(None, headers={"v3-page-size": str(PAGE_SIZE)})
        if request.method == "POST":
            if command != "_RUN":
                return fault(request, "A POST here runs a transform: Command=_RUN.", 405)
            name = request.query_params.get("TransformToRun", "")
            found = setup.catalogue.by_command.get(name.strip().lower())
            if found is None:
                return text("No transform found with that name.", 404)
            return await v2_answer(setup, found, await request.body())
        match command:
            case "":
                protocol = "v3" if asks_json(request) else "v2"
                seed = write_seed(seed_of(base_of(request)), protocol=protocol)
                return json(seed) if protocol == "v3" else xml(seed)
            case "_TRANSFORMS":
                return xml(write_transforms(setup.catalogue.simple, protocol="v2"))
            case "_CONFIG":
                base = base_of(request)
                made = configuration(
                    setup.bench.catalogue,
                    setup.catalogue,
                    url=f"{base}/runner",
                    seed=f"{base}/seed",
                )
                named = {"content-disposition": 'attachment; filename="clew.mtz"'}
                return HttpResponse(made, media_type="application/octet-stream", headers=named)
            case _:
                return fault(request, "There is no such Command.", 400)

    methods = ["GET", "POST", "OPTIONS"]
    return [
        Route(path, asked, methods=methods)
        for path in ("/seed", "/seed/", "/runner", "/runner/", "/api/v3/seed")
    ]


def seed_of(base: str) -> Seed:
    """What the seed at an address tells."""
    return Seed((Application("Clew", f"{base}/runner", base, version=__version__),), source="Clew")
