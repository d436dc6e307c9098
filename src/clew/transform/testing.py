"""
The test kit: a transform played against saved bodies, without a network, engine or key.

    def test_names_have_addresses() -> None:
        replies = {"dns/passive": {"results": [{"resolve": "192.0.2.1"}]}}
        assert play(name_to_addresses, DomainName("a.example"), replies) == [...]
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

import msgspec

from clew.schema.lists import ListIndex
from clew.schema.registry import catalogue
from clew.schema.value import Value
from clew.transform.claim import Claim, claims
from clew.transform.contract import Quote, Transform
from clew.transform.finding import Cut, Problem
from clew.transform.provider import Pager, Provider
from clew.transform.request import Path, Reply, Request, build_request
from clew.transform.row import Row

ROWS_MAX = 50_000
"""Rows of one look-up."""
PAGES_MAX = 100
"""Most pages of one listing; a transform that asks for more is in a loop."""


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A saved reply with its status and headers."""

    body: object = b""
    """Bytes or text as they came, anything else as JSON."""
    status: int = 200
    media_type: str = "application/json"


Replies = Mapping[str, object]
"""By part of the request target (as sent or decoded): a body, a SavedReply, or a list of them."""


def play(
    transform: Transform,
    value: Value,
    replies: Replies,
    *,
    asked: MutableSequence[Request] | None = None,
    **settings: Any,
) -> list[Claim]:
    """
    What a transform says of *value* when its provider answers with *replies*.

    Args:
        transform: What to play.
        value: Its input.
        replies: Of several keys that fit a request, the longest counts.
        asked: Takes the requests, unsigned.
        settings: The transform's parameters.

    Returns:
        Checked claims in order; last come problems that reading the replies showed.

    Raises:
        ProviderFault: By a reply's status or form, as in life.
        AssertionError: No reply fits a request.
    """
    return asyncio.run(
        _play(transform, value, SavedApi(transform.provider, replies, asked), settings)
    )


def play_quote(transform: Transform, value: Value, replies: Replies, **settings: Any) -> Quote:
    """The price that a transform's quoter reads from *replies*."""
    assert transform.quoter is not None, f"{transform.id} asks for a price first"
    api = SavedApi(transform.provider, replies)
    quote: Quote = asyncio.run(transform.quoter(value, api, **transform.settings(settings)))
    return quote


class SavedApi:
    """The Api (transform/contract.py) over saved replies."""

    def __init__(
        self,
        provider: Provider,
        replies: Replies,
        asked: MutableSequence[Request] | None = None,
    ) -> None:
        self._provider = provider
        self.properties: Mapping[str, str] = {}
        self.lists: ListIndex | None = None
        self.rows_max = ROWS_MAX
        self._replies = {
            key: list(reply) if isinstance(reply, list | tuple) else reply
            for key, reply in replies.items()
        }
        self.asked: MutableSequence[Request] = [] if asked is None else asked
        self.rows: list[Row] = []
        self.cuts: list[Cut] = []

    async def get(self, path: Path, /, *, purchase: bool = False, **query: object) -> Row:  # noqa: ARG002
        """The answer of the reply that fits."""
        return self._answer(self._request(path, query))

    async def post(
        self, path: Path, /, *, json: object = None, form: dict[str, str] | None = None
    ) -> Row:
        """The answer of the reply that fits."""
        body = urlencode(form).encode() if form is not None else msgspec.json.encode(json)
        media = "application/x-www-form-urlencoded" if form is not None else "application/json"
        return self._answer(self._request(path, {}, method="POST", body=body, media_type=media))

    async def ask(self, request: Request, /) -> Row:
        """The answer of the reply that fits."""
        return self._answer(request)

    async def pages(
        self, path: Path, /, *, pager: Pager | None = None, **query: object
    ) -> AsyncIterator[Row]:
        """The rows of all pages."""
        read = pager or self._provider.pager
        request: Request | None = self._request(path, query)
        so_far, total = 0, None
        for _ in range(PAGES_MAX):
            if request is None:
                if total is not None and so_far < total and not self.cuts:
                    self.cuts.append(Cut("the vendor tells more than it gave", so_far, total))
                return
            page = read(request, self._answer(request), so_far)
            total = page.total if page.total is not None else total
            for row in page.rows:
                so_far += 1
                yield row
            if page.cut:
                self.cuts.append(Cut(page.cut, so_far, page.total))
            request = page.next
        raise AssertionError(f"a listing ends within {PAGES_MAX} pages")

    def _request(self, path: Path, query: dict[str, object], **more: Any) -> Request:
        base = self._provider.base_url or "https://api.example.org"
        return build_request(self._provider.label, base, path, query.items(), **more)

    def _answer(self, request: Request) -> Row:
        self.asked.append(request)
        target = request.url.removeprefix(self._provider.base_url.rstrip("/"))
        fits = [key for key in self._replies if key in target or key in unquote(target)]
        assert fits, f"a reply is saved for {request.method} {target}"
        reply = self._replies[max(fits, key=len)]
        if isinstance(reply, list):
            assert reply, f"a further reply is saved for {request.method} {target}"
            reply = reply.pop(0)
        saved = reply if isinstance(reply, SavedReply) else SavedReply(reply)
        body = saved.body
        if isinstance(body, str):
            body = body.encode()
        elif not isinstance(body, bytes):
            body = msgspec.json.encode(body)
        headers = {"content-type": saved.media_type}
        row = self._provider.read(Reply(request, saved.status, headers, body))
        self.rows.append(row)
        return row


async def _play(
    transform: Transform, value: Value, api: SavedApi, settings: dict[str, Any]
) -> list[Claim]:
    found: list[Claim] = []
    known = catalogue()
    async for finding in transform.body(value, api, **transform.settings(settings)):
        found.extend(claims(finding, value, transform.link, known))
    found.extend(api.cuts)
    found.extend(Problem(what) for what in _problems(api.rows))
    return found


def _problems(rows: Sequence[Row]) -> list[str]:
    return [what for row in rows for what in row.problems]
