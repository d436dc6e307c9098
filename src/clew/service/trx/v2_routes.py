"""Version 2: one request in XML, answered by one response."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse
from starlette.routing import Route

from clew.errors import InvalidValue
from clew.interop.maltego.message import read_request, write_exception, write_response
from clew.interop.maltego.record import Message
from clew.service.trx.answers import asks_json, json, text, xml
from clew.service.trx.run import Setup, ask
from clew.transform.contract import Transform


def v2_routes(setup: Setup) -> list[Route]:
    """The routes that a TDS asks."""

    async def run(request: HttpRequest) -> HttpResponse:
        found = setup.catalogue.at_path(request.path_params["name"])
        if found is None:
            what = "No transform found with that name."
            return json({"detail": what}, 404) if asks_json(request) else text(what, 404)
        if request.method == "POST":
            return await v2_answer(setup, found, await request.body())
        return text(f"Transform found: {found.id}. Send a POST request to run it.")

    methods = ["GET", "POST"]
    return [Route(path, run, methods=methods) for path in ("/run/{name}", "/run/{name}/")]


async def v2_answer(setup: Setup, transform: Transform, body: bytes) -> HttpResponse:
    """The answer to a request in XML."""
    try:
        request = read_request(body)
    except InvalidValue as error:
        return xml(write_exception(str(error)), 400)
    warnings: list[Message] = []
    if len(request.things) > 1:
        # Version 2 links all results with one entity, so further ones would be confused with it.
        what = f"Only the first of {len(request.things)} entities was asked about."
        warnings.append(Message("Inform", what))
    response = await ask(setup, transform, replace(request, things=request.things[:1]))
    return xml(write_response(replace(response, messages=(*response.messages, *warnings))))
