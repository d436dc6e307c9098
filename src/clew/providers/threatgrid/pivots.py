"""Samples by what they touched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any

from clew.providers.threatgrid import PROVIDER
from clew.schema.types import URL, DomainName, File, IPAddress
from clew.transform.contract import Api, transform
from clew.transform.finding import Findings, LinkFinding, Sighting
from clew.transform.pager import rows_of

SAMPLES = rows_of("data", "samples")


async def _samples(kind: str, id_: str, api: Api) -> AsyncIterator[LinkFinding[Any]]:
    async for row in api.pages(("v2", kind, id_, "samples"), pager=SAMPLES):
        digest = row.text("sha256")
        if not digest and row.text("sample"):
            # Some bodies leave the hash out; the run itself has it.
            run = (await api.get(("v2", "samples", row.text("sample")))).row("data")
            digest = run.text("sha256") or run.text("sha1") or run.text("md5")
        when = row.text("timestamp") or None
        detail = {"run": row.text("sample"), "relation": row.text("relation")}
        yield LinkFinding(File, digest, Sighting(when, when), reverse=True, detail=detail)


@transform(PROVIDER, link="communicates-with", expects=5)
async def name_to_files(name: DomainName, api: Api) -> Findings[File]:
    """Samples whose runs looked a name up."""
    async for finding in _samples("domains", str(name), api):
        yield finding


@transform(PROVIDER, link="connects-to", expects=5)
async def address_to_files(address: IPAddress, api: Api) -> Findings[File]:
    """Samples whose runs connected to an address."""
    async for finding in _samples("ips", str(address), api):
        yield finding


@transform(PROVIDER, link="requests", expects=5)
async def url_to_files(url: URL, api: Api) -> Findings[File]:
    """Samples whose runs requested a URL."""
    # The id of a URL is the SHA-256 of its text as the sandbox wrote it, mostly with the port.
    found = False
    for text in dict.fromkeys((_with_port(url), str(url))):
        async for finding in _samples("urls", sha256(text.encode()).hexdigest(), api):
            found = True
            yield finding
        if found:
            return


def _with_port(url: URL) -> str:
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    if host.endswith("]") or ":" not in host:
        host = f"{host}:{443 if scheme == 'https' else 80}"
    return f"{scheme}://{host}{slash}{path}"
