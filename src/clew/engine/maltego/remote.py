"""Running one transform of a server of version 2 (maltego-trx, TDS) for one entity."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from clew.engine.maltego.answered import Answered
from clew.engine.maltego.send import XML, Sender, said
from clew.errors import BadReply, InvalidValue
from clew.interop.maltego.message import read_response, write_request
from clew.interop.maltego.record import Request as Question
from clew.interop.maltego.record import Thing
from clew.transform.request import Request, encode_query


async def run_trx(sender: Sender, name: str, thing: Thing, question: Question) -> Answered:
    """
    What ``POST /run/<name>`` answers about one entity.

    Args:
        sender: The server.
        name: Of the transform, as the server's address has it.
        thing: What is asked about.
        question: Settings and limits; its things are not looked at.

    Raises:
        ProviderFault: The server did not answer as needed.
    """
    url = f"{sender.server.url.rstrip('/')}/run/{quote(name, safe='')}"
    return await _run(sender, Request("POST", url), thing, question)


async def run_tds(
    sender: Sender, name: str, thing: Thing, question: Question, *, url: str
) -> Answered:
    """
    What an application of a transform distribution server answers about one entity.

    Args:
        sender: The server.
        name: Of the transform.
        thing: What is asked about.
        question: Settings and limits; its things are not looked at.
        url: Of the application, as discovery told it.

    Raises:
        ProviderFault: The server did not answer as needed.
    """
    query = encode_query((("Command", "_RUN"), ("TransformToRun", name)))
    request = Request("POST", f"{sender.own(url)}?{query}")
    return await _run(sender, request, thing, question, keyed=True)


async def _run(
    sender: Sender, request: Request, thing: Thing, question: Question, *, keyed: bool = False
) -> Answered:
    # A server of this version reads the first entity of a message and lets the others go.
    body = write_request(replace(question, things=(thing,)))
    request = replace(request, headers={"Content-Type": XML}, body=body)
    before = sender.calls

    def sign(unsigned: Request) -> Request:
        return unsigned.with_query((("Key", sender.key), ("OEM", "")))

    reply = await sender.send(request, sign=sign if keyed else None)
    try:
        response = read_response(reply.body)
    except InvalidValue as error:
        words = said(reply) or f": {error.reason}"
        raise BadReply(
            sender.server.name, f"gave no answer of a transform{words}",
            status=reply.status, helps="Check its address and the name of the transform.",
        ) from error  # fmt: skip
    media_type = reply.media_type or "text/xml"
    return Answered(response, reply.body, media_type, calls=sender.calls - before)
