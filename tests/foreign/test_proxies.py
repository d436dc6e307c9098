"""Behind a proxy of others with its own authority: mitmproxy, by HTTP and by SOCKS5."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clew.engine.bounds import Bounds
from clew.engine.client import Client, Reach
from clew.engine.route import Route
from clew.errors import ProviderDown
from clew.transform.provider import Contact
from clew.transform.request import Reply, Request
from foreign.projects import free_port, serving

HOST = "api.example.org"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = (NOW + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
ADDON = f"""
from mitmproxy import http

def request(flow):
    # No such host is there: what it would say is said here.
    headers = {{"Retry-After": {LATER!r}, "Via-Host": flow.request.pretty_host}}
    flow.response = http.Response.make(429, b"{{}}", headers)
"""


@dataclass(frozen=True)
class Proxies:
    """Where mitmproxy listens, and the file of its authority."""

    http: int
    logged_in: int
    socks: int
    authority: str


@contextmanager
def mitmproxy(folder: Path, mode: str, *more: str) -> Iterator[int]:
    program = Path(__file__).parents[2] / ".venv-proxy" / "bin" / "mitmdump"
    assert program.exists(), "run these tests with ./dev foreign"
    port = free_port()
    words = ["--set", f"confdir={folder}", "--set", "connection_strategy=lazy", "--mode", mode]
    words += ["--listen-host", "127.0.0.1", "--listen-port", str(port), "-s", "addon.py", *more]
    with serving([str(program), *words], folder, port):
        yield port


@pytest.fixture(scope="module")
def proxies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxies]:
    folder = tmp_path_factory.mktemp("proxy")
    (folder / "addon.py").write_text(ADDON)
    with ExitStack() as stack:
        http = stack.enter_context(mitmproxy(folder, "regular"))
        logged_in = stack.enter_context(mitmproxy(folder, "regular", "--proxyauth", "anna:s3cret"))
        socks = stack.enter_context(mitmproxy(folder, "socks5"))
        yield Proxies(http, logged_in, socks, str(folder / "mitmproxy-ca-cert.pem"))


def asked(proxy: str, authority: str = "") -> Reply:
    route, url = Route(proxy, authority), f"https://{HOST}/v1"
    request = Request("GET", url)
    reach = Reach.of("Example", Contact.THIRD_PARTY, url, route=route)

    async def go() -> Reply:
        async with Client(Bounds(connect_s=10, total_s=20), clock=lambda: NOW) as client:
            return await client.send(request, request, reach, count=lambda: None)

    return asyncio.run(go())


def test_a_question_goes_through_with_its_authority(proxies: Proxies) -> None:
    """By HTTP, with a login, and by SOCKS5; a date to wait until is told in seconds."""
    for proxy in (
        f"http://127.0.0.1:{proxies.http}",
        f"http://anna:s3cret@127.0.0.1:{proxies.logged_in}",
        f"socks5://127.0.0.1:{proxies.socks}",
    ):
        reply = asked(proxy, proxies.authority)
        assert (reply.status, reply.headers["via-host"]) == (429, HOST)
        assert reply.headers["retry-after"] == "90"


def test_what_it_refuses_is_told(proxies: Proxies) -> None:
    """Without its authority, without a login, with a wrong one."""
    for proxy, says in (
        (f"http://127.0.0.1:{proxies.http}", f"the certificate of {HOST} is from an authority"),
        (f"socks5://127.0.0.1:{proxies.socks}", f"the certificate of {HOST} is from an authority"),
        (f"http://127.0.0.1:{proxies.logged_in}", "wants a login"),
        (f"http://anna:wrong@127.0.0.1:{proxies.logged_in}", "wants a login"),
    ):
        with pytest.raises(ProviderDown, match=says):
            asked(proxy)
