"""What a Maltego transform is asked: one request, its secrets added when it is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from clew.engine.maltego.declarations import ProgramDeclaration, ServerDeclaration, v3_base
from clew.engine.secret_settings import values_of
from clew.interop.maltego.message import add_settings, write_request
from clew.interop.maltego.record import Thing, TransformRequest
from clew.interop.maltego.v3 import add_run_settings, write_run
from clew.transform.contract import HIDDEN
from clew.transform.provider import Keys, Sign
from clew.transform.request import Request, encode_query

LIMIT = "limit"
"""The parameter that bounds the results about one entity."""
SETTING = "setting."
"""Head of the name of a transform's own setting that is called as a parameter of ours is."""
PROTOCOL_VERSION = "3.1"
"""Of version 3: the first with all that is understood here."""
XML = "text/xml; charset=utf-8"
"""What is sent to servers of version 2: a form's type makes some of them lose the body."""
_V3_HEADERS = {
    "Accept": "application/json", "Content-Type": "application/json",
    "Maltego-Protocol-Version": PROTOCOL_VERSION, "Maltego-Client-Identifier": "Clew",
    "Maltego-Client-Capabilities": "promptBase",
}  # fmt: skip


class ProgramCall(msgspec.Struct, frozen=True):
    """What a program is started with: the body of the request that asks it."""

    command: str
    parameters: str
    folder: str
    value: str
    fields: tuple[tuple[str, str], ...] = ()


def parameter_name(setting: str) -> str:
    """The name under which a transform's own setting is a parameter."""
    return f"{SETTING}{setting}" if setting == LIMIT else setting


def program_question(one: ProgramDeclaration, thing: Thing) -> Request:
    """What starts a program about a thing."""
    fields = tuple((field.name, field.value) for field in thing.fields)
    call = ProgramCall(one.command, one.parameters, one.working_directory, thing.value, fields)
    return Request("RUN", "", {}, msgspec.json.encode(call))


def server_question(
    server: ServerDeclaration, name: str, url: str, thing: Thing, settings: Mapping[str, Any]
) -> Request:
    """
    What asks a server about a thing; a server of version 2 reads the first entity only.

    Args:
        server: Who is asked.
        name: Of the transform.
        url: Where it is asked, as the server told it; empty where it told nothing.
        thing: What is asked about.
        settings: Its parameters; those without a value, and secrets, are left out.
    """
    limit = int(settings[LIMIT])
    question = TransformRequest((thing,), tuple(_sent(settings)), limit, limit)
    if server.protocol == "v3":
        path = _path(url or v3_base(server.url))
        return Request(
            "POST", f"{path}/transforms/{quote(name, safe='')}/run", _V3_HEADERS,
            write_run(question, transform=name),
        )  # fmt: skip
    if server.protocol == "tds":
        query = encode_query((("Command", "_RUN"), ("TransformToRun", name)))
        path = f"{_path(url or server.url) or '/'}?{query}"
    else:
        path = f"{_path(server.url)}/run/{quote(name, safe='')}"
    return Request("POST", path, {"Content-Type": XML}, write_request(question))


def signer(protocol: str, secrets: Iterable[str]) -> Sign:
    """
    How a server's requests are signed: with its account's key, and with secret settings.

    Args:
        protocol: As the server's declaration has it.
        secrets: Names of settings that may be among its keys.
    """
    known = tuple(secrets)
    add: Callable[[bytes, Iterable[tuple[str, str]]], bytes]
    add = add_run_settings if protocol == "v3" else add_settings

    def sign(request: Request, keys: Keys, now: datetime) -> Request:  # noqa: ARG001
        values = values_of(keys, known)
        if values and request.body:
            body = add(request.body, sorted(values.items()))
            request = Request(request.method, request.url, request.headers, body)
        key = keys.get("key", "")
        if protocol == "tds":
            return request.with_query((("Key", key), ("OEM", "")))
        return request.with_headers(Maltego_Api_Key=key) if key and protocol == "v3" else request

    return sign


def _sent(settings: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in sorted(settings.items()):
        if name != LIMIT and value not in (None, "", HIDDEN):
            yield name.removeprefix(SETTING) if name == parameter_name(LIMIT) else name, str(value)


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")
