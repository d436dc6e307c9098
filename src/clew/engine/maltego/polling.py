"""The transport of version 3: a run is started at a server, polled to its end, and taken down."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from clew.engine.bounds import Bounds
from clew.engine.client import Client, Reach
from clew.engine.maltego.answer import CUT, FAILED, PAGES, PROBLEMS
from clew.engine.maltego.status import check_status, words_of
from clew.engine.retry import wait_before_retry_s
from clew.errors import BadReply, ClewError, InvalidValue, OverBudget, ProviderFault
from clew.interop.maltego.page import FINAL, Poll, merge_polls, read_results
from clew.transform.request import Reply, Request, encode_query

REASON_POLLS_MAX = 5
"""Polls after a failure that did not say why yet."""
LAST_WORD_S = 5.0
"""How long a run that is given up may take to be taken down, in seconds."""
_ENDED_BADLY = ("FAILED", "CANCELED", "TIMED_OUT")


class PolledRuns:
    """Sends the request that starts a run, and gives all of the run's pages as its reply."""

    def __init__(
        self,
        client: Client,
        bounds: Bounds,
        *,
        chance: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._bounds = bounds
        self._chance = chance
        self._sleep = sleep

    async def send(
        self,
        asked: Request,
        signed: Request,
        reach: Reach,
        *,
        count: Callable[[], None],
        count_other: Callable[[], None],
    ) -> Reply:
        """
        The pages of a run, one a line, with why they are not all where that is so.

        Questions to the user are answered by cancelling them, which is told. The run is taken down
        at the server at the end, however it ends.

        Raises:
            ContactRefused: It would leave the contact class or the provider's own hosts.
            OverBudget: A request may not be sent before anything came.
            ProviderFault: The server did not answer as needed before anything came.
        """
        reply = await self._client.send(asked, signed, reach, count=count)
        if reply.status // 100 != 2:
            return reply
        id_ = _page(reach.provider, reply).run
        if not id_:
            raise BadReply(reach.provider, "began a run without an id")
        at = f"{signed.url}/{quote(id_, safe='')}"
        run = _PolledRun(self, reach, replace(signed, url=at, body=b""), count_other)
        # Taking it down is counted first, so that a budget that ends it leaves nothing running.
        count_other()
        finished = False
        try:
            await run.follow()
            finished = not (run.cut or run.failed)
        finally:
            await run.end(cancel=not finished)
        state = run.pages[-1].state if run.pages else ""
        if state in _ENDED_BADLY and not run.failed:
            run.failed = f"the run ended as {state.lower().replace('_', ' ')}"
        headers = {
            "content-type": PAGES, CUT: run.cut, FAILED: run.failed,
            PROBLEMS: "\n".join(run.problems),
        }  # fmt: skip
        return Reply(asked, 200, headers, b"\n".join(run.bodies))


@dataclass(slots=True)
class _PolledRun:
    """One run at a server."""

    runs: PolledRuns
    reach: Reach
    at: Request
    """A signed request for the run itself."""
    count: Callable[[], None]
    pages: list[Poll] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    cut: str = ""
    failed: str = ""
    _pointer: int = 0
    _size: int = 0
    _prompts: set[str] = field(default_factory=set)

    async def follow(self) -> None:
        """Poll until the run is read to its end, or given up."""
        bounds = self.runs._bounds
        wait_s = waited_s = 0.0
        faults = reasons = 0
        for _ in range(bounds.polls):
            new = False
            try:
                page, new = await self._poll()
                faults = 0
            except OverBudget as stop:
                self._give_up(stop)
                return
            except ProviderFault as fault:
                faults += 1
                again_s = wait_before_retry_s(
                    fault, faults, purchase=False, bounds=bounds, chance=self.runs._chance()
                )
                if again_s is None:
                    self._give_up(fault)
                    return
                wait_s = again_s
            else:
                if self.cut:
                    return
                done = page.ended or (page.state in FINAL and not new)
                if done and (reasons >= REASON_POLLS_MAX or not self._unexplained(page)):
                    return
                # A server may say that a run failed a moment before it says why.
                reasons += done
                wait_s = _next_wait_s(0.0 if new else wait_s, page, bounds)
            if waited_s + wait_s > bounds.polled_s:
                self.cut = f"the run was not done after {bounds.polled_s:g} s"
                return
            waited_s += wait_s
            if wait_s:
                await self.runs._sleep(wait_s)
        self.cut = f"the run was not done after {bounds.polls} polls"

    async def end(self, *, cancel: bool) -> None:
        """Take the run down; what a server says to that changes nothing."""
        with contextlib.suppress(ClewError, TimeoutError):
            async with asyncio.timeout(LAST_WORD_S):
                if cancel:
                    with contextlib.suppress(ClewError):
                        await self._send("POST", "/cancel")
                await self._send("DELETE", "?Cancelled=true" if cancel else "", counted=True)

    async def _poll(self) -> tuple[Poll, bool]:
        """The next page, and whether it brought something."""
        bounds = self.runs._bounds
        query = encode_query((("eventPointer", self._pointer), ("eventLimit", bounds.poll_events)))
        reply = await self._send("GET", f"/results?{query}")
        page = _page(self.reach.provider, reply)
        self._size += len(reply.body)
        if self._size > bounds.polled_bytes:
            self.cut = f"the pages of the run are over {bounds.polled_bytes} bytes"
            return page, False
        new = page.next_pointer > self._pointer
        if new or not self.pages:
            # Within JSON a line break is a blank, and a page is kept as one line.
            self.bodies.append(reply.body.replace(b"\r", b" ").replace(b"\n", b" "))
            self.pages.append(page)
        else:
            # A page without events may still tell another state.
            self.pages[-1] = replace(self.pages[-1], state=page.state)
        await self._cancel_prompts(page)
        self._pointer = max(self._pointer, page.next_pointer)
        return page, new

    async def _cancel_prompts(self, page: Poll) -> None:
        most = self.runs._bounds.prompts
        for id_, text in page.prompts:
            if id_ in self._prompts:
                continue
            if len(self._prompts) >= most:
                raise BadReply(self.reach.provider, f"asked over {most} questions back")
            self._prompts.add(id_)
            shown = " ".join(text[:200].split())
            self.problems.append(f"it asked back, which was cancelled: {shown}")
            body = b'{"reason":"CANCELLED","result":{}}'
            await self._send("POST", f"/prompts/{quote(id_, safe='')}", body)

    def _unexplained(self, page: Poll) -> bool:
        return page.state == "FAILED" and not any(one.response.messages for one in self.pages)

    def _give_up(self, fault: ClewError) -> None:
        """End with what came; raises *fault* where nothing did."""
        if not merge_polls(self.pages).things:
            raise fault
        if isinstance(fault, OverBudget):
            self.cut = fault.reason
        else:
            self.failed = str(fault)

    async def _send(
        self, method: str, below: str, body: bytes = b"", *, counted: bool = False
    ) -> Reply:
        request = replace(self.at, method=method, url=f"{self.at.url}{below}", body=body)
        count = _no_more if counted else self.count
        reply = await self.runs._client.send(request, request, self.reach, count=count)
        check_status(self.reach.provider, reply)
        return reply


def _no_more() -> None:
    """The request was counted before."""


def _next_wait_s(wait_s: float, page: Poll, bounds: Bounds) -> float:
    """The next wait: none where more is there already, short again when something came."""
    if page.next_pointer < page.total:
        return 0.0
    return bounds.poll_first_s if not wait_s else min(bounds.poll_longest_s, wait_s * 1.5)


def _page(label: str, reply: Reply) -> Poll:
    try:
        return read_results(reply.body)
    except InvalidValue as error:
        raise BadReply(
            label, f"gave no page of results{words_of(reply)}", status=reply.status,
            helps="Check that it speaks version 3.",
        ) from error  # fmt: skip
