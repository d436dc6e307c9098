"""Running one transform of a server of version 3 for one entity: started, polled, taken down."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from clew.engine.maltego.answered import Answered
from clew.engine.maltego.send import Sender, said
from clew.errors import BadReply, ClewError, InvalidValue, ProviderFault
from clew.interop.maltego.page import FINAL, Poll, joined, read_results
from clew.interop.maltego.record import Request as Question
from clew.interop.maltego.record import Thing
from clew.interop.maltego.v3 import write_run
from clew.transform.request import Reply, Request, encode_query

PROTOCOL_VERSION = "3.1"
"""Of the protocol: the first with all that is understood here."""
JSON = "application/json"
REASON_POLLS_MAX = 5
"""Polls after a failure that did not say why yet."""
LAST_WORD_S = 5.0
"""How long a run that is given up may take to be taken down, in seconds."""


@dataclass(frozen=True, slots=True)
class Polling:
    """How a run is followed, and how far; each bound names its unit."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    first_s: float = 0.1
    """Wait before the second poll; it grows by half while nothing new comes."""
    longest_s: float = 5.0
    seconds: float = 600.0
    """Waits of one run in all."""
    polls: int = 1_000
    prompts: int = 20
    """Questions of one run that are answered."""
    events: int = 500
    """Events of one page, as it is asked for."""
    body_bytes: int = 64 * 1024 * 1024
    """Pages of one run in all."""

    def after(self, wait_s: float, poll: Poll) -> float:
        """The next wait: short again when something came."""
        if poll.next_pointer < poll.total:
            return 0.0
        return self.first_s if not wait_s else min(self.longest_s, wait_s * 1.5)


async def run_v3(
    sender: Sender,
    name: str,
    thing: Thing,
    question: Question,
    *,
    base: str,
    polling: Polling | None = None,
) -> Answered:
    """
    What a run gives about one entity.

    Questions to the user are answered by cancelling them, which is told. The run is taken down at
    the server at the end, however it ends.

    Args:
        sender: The server.
        name: Id of the transform.
        thing: What is asked about.
        question: Settings and limits; its things are not looked at.
        base: Below which its routes are, as discovery told it.
        polling: How the run is followed.

    Raises:
        ProviderFault: The server did not answer as needed before anything came.
    """
    run = _Run(sender, f"{sender.own(base).rstrip('/')}/transforms/{quote(name, safe='')}", name)
    before = sender.calls
    pages: list[Poll] = []
    bodies: list[bytes] = []
    problems: list[str] = []
    cut, failed = "", ""
    await run.begin(replace(question, things=(thing,)))
    finished = False
    try:
        cut = await run.follow(polling or Polling(), pages, bodies, problems)
        finished = not cut
    except ProviderFault as fault:
        if not joined(pages).things:
            raise
        failed = str(fault)
    finally:
        await run.end(cancel=not finished)
    response = joined(pages)
    state = pages[-1].state if pages else ""
    if state in ("FAILED", "CANCELED", "TIMED_OUT") and not failed:
        failed = f"the run ended as {state.lower().replace('_', ' ')}"
    return Answered(
        response, b"\n".join(bodies), "application/x-ndjson", tuple(problems), cut, failed,
        sender.calls - before,
    )  # fmt: skip


def _unexplained(page: Poll, pages: list[Poll]) -> bool:
    return page.state == "FAILED" and not any(one.response.messages for one in pages)


class _Run:
    """One run at a server."""

    def __init__(self, sender: Sender, url: str, name: str) -> None:
        self._sender = sender
        self._url = url
        self._name = name
        self._at = ""

    async def begin(self, question: Question) -> None:
        body = write_run(question, transform=self._name)
        reply = await self._send("POST", f"{self._url}/run", body)
        id_ = self._read(reply).run
        if not id_:
            raise BadReply(self._sender.server.name, "began a run without an id")
        self._at = f"{self._url}/run/{quote(id_, safe='')}"

    async def follow(
        self, polling: Polling, pages: list[Poll], bodies: list[bytes], problems: list[str]
    ) -> str:
        """Fill *pages* until the run is read to its end; gives why not all came, or nothing."""
        pointer, wait_s, waited_s, size = 0, 0.0, 0.0, 0
        answered: set[str] = set()
        reasons = 0
        for _ in range(polling.polls):
            query = encode_query((("eventPointer", pointer), ("eventLimit", polling.events)))
            reply = await self._send("GET", f"{self._at}/results?{query}")
            size += len(reply.body)
            if size > polling.body_bytes:
                return f"the pages of the run are over {polling.body_bytes} bytes"
            page = self._read(reply)
            new = page.next_pointer > pointer
            if new or not pages:
                bodies.append(reply.body)
                pages.append(page)
            else:
                # A page without events may still tell another state.
                pages[-1] = replace(pages[-1], state=page.state)
            await self._cancel_prompts(page, polling, answered, problems)
            done = page.ended or (page.state in FINAL and not new)
            if done and (reasons >= REASON_POLLS_MAX or not _unexplained(page, pages)):
                return ""
            # A server may say that a run failed a moment before it says why.
            reasons += done
            pointer = max(pointer, page.next_pointer)
            wait_s = polling.after(0.0 if new else wait_s, page)
            if waited_s + wait_s > polling.seconds:
                return f"the run was not done after {polling.seconds:g} s"
            waited_s += wait_s
            if wait_s:
                await polling.sleep(wait_s)
        return f"the run was not done after {polling.polls} polls"

    async def end(self, *, cancel: bool) -> None:
        """Take the run down; what a server says to that changes nothing."""
        if not self._at:
            return
        with contextlib.suppress(ClewError, TimeoutError):
            async with asyncio.timeout(LAST_WORD_S):
                if cancel:
                    with contextlib.suppress(ClewError):
                        await self._send("POST", f"{self._at}/cancel")
                await self._send("DELETE", f"{self._at}{'?Cancelled=true' if cancel else ''}")

    async def _cancel_prompts(
        self, page: Poll, polling: Polling, answered: set[str], problems: list[str]
    ) -> None:
        for id_, text in page.prompts:
            if id_ in answered:
                continue
            if len(answered) >= polling.prompts:
                raise BadReply(
                    self._sender.server.name, f"asked over {polling.prompts} questions back"
                )
            answered.add(id_)
            problems.append(f"it asked back, which was cancelled: {text[:200]}")
            body = b'{"reason":"CANCELLED","result":{}}'
            await self._send("POST", f"{self._at}/prompts/{quote(id_, safe='')}", body)

    def _read(self, reply: Reply) -> Poll:
        try:
            return read_results(reply.body)
        except InvalidValue as error:
            raise BadReply(
                self._sender.server.name, f"gave no page of results{said(reply)}",
                status=reply.status, helps="Check that it speaks version 3.",
            ) from error  # fmt: skip

    async def _send(self, method: str, url: str, body: bytes = b"") -> Reply:
        headers = {
            "Accept": JSON, "Content-Type": JSON, "Maltego-Protocol-Version": PROTOCOL_VERSION,
            "Maltego-Client-Identifier": "Clew", "Maltego-Client-Capabilities": "promptBase",
        }  # fmt: skip
        key = self._sender.key

        def sign(request: Request) -> Request:
            return request.with_headers(Maltego_Api_Key=key) if key else request

        return await self._sender.send(Request(method, url, headers, body), sign=sign)
