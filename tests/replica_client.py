"""A plain client that plays a transform against a replica over HTTP, without the engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
from yarl import URL

from clew.replicas.server import ReplicaServer
from clew.schema.registry import catalogue
from clew.schema.value import Value
from clew.transform.claim import Claim, claims
from clew.transform.contract import Transform
from clew.transform.finding import Problem
from clew.transform.provider import Pager, Provider
from clew.transform.request import Path, Reply, Request, build_request
from clew.transform.row import Row


class HttpApi:
    """The Api over one session."""

    def __init__(self, provider: Provider, base: str, keys: dict[str, str]) -> None:
        self.provider, self.base, self.keys = provider, base, keys
        self.rows: list[Row] = []

    async def send(self, request: Request) -> Reply:
        signed = self.provider.sign(request, self.keys, datetime.now(UTC))
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                signed.method, URL(signed.url, encoded=True), headers=signed.headers,
                data=signed.body or None,
            ) as reply,
        ):  # fmt: skip
            headers = {name.lower(): value for name, value in reply.headers.items()}
            return Reply(request, reply.status, headers, await reply.read())

    async def get(self, path: Path, /, *, purchase: bool = False, **query: object) -> Row:
        request = build_request(self.provider.label, self.base, path, query.items())
        row = self.provider.read(await self.send(request))
        self.rows.append(row)
        return row

    async def pages(
        self, path: Path, /, *, pager: Pager | None = None, **query: object
    ) -> AsyncIterator[Row]:
        request: Request | None = build_request(self.provider.label, self.base, path, query.items())
        so_far = 0
        while request is not None:
            answer = self.provider.read(await self.send(request))
            self.rows.append(answer)
            page = (pager or self.provider.pager)(request, answer, so_far)
            for row in page.rows:
                so_far += 1
                yield row
            request = page.next


def api_of(server: ReplicaServer, provider: Provider, **keys: str) -> HttpApi:
    """An Api to a replica, with its own keys or others."""
    return HttpApi(provider, server.urls[provider.name], keys or server.credentials[provider.name])


def ask(server: ReplicaServer, transform: Transform, value: Value, **settings: Any) -> list[Claim]:
    """What a transform says of *value*, asked over HTTP."""
    api = api_of(server, transform.provider)

    async def run() -> list[Claim]:
        said: list[Claim] = []
        async for finding in transform.body(value, api, **transform.settings(settings)):
            said.extend(claims(finding, value, transform.link, catalogue()))
        said.extend(Problem(what) for row in api.rows for what in row.problems)
        return said

    return asyncio.run(run())


def checked(server: ReplicaServer, provider: Provider, **keys: str) -> str:
    """Whose keys they are, as the provider says."""

    async def run() -> str:
        assert provider.check is not None
        return await provider.check(api_of(server, provider, **keys))

    return asyncio.run(run())


def get(server: ReplicaServer, provider: Provider, path: Path, **query: object) -> Reply:
    """The raw reply to one signed request."""
    api = api_of(server, provider)
    request = build_request(provider.label, api.base, path, query.items())
    return asyncio.run(api.send(request))
