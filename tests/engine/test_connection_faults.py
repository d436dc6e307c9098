"""Each way in which a request does not come through has its own sentence, provoked for real."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import trustme

from clew.engine.connection_faults import connection_fault
from clew.engine.route import DIRECT, Route
from clew.errors import ProviderDown
from engine.proxies import (
    EXPIRED,
    HOST,
    LOGIN,
    QUICK,
    ConnectProxy,
    Serve,
    SocksProxy,
    answering,
    asked,
    bundle,
    certified,
    free_port,
    listening,
    outdated,
    plain,
    silent,
)

pytestmark = pytest.mark.assurance("network")
Place = AbstractAsyncContextManager[tuple[str, Route]]
Stage = Callable[[trustme.CA, str], Place]
AUTHORITY = trustme.CA()


def direct(
    tls: Callable[[trustme.CA], ssl.SSLContext] | None,
    *,
    serve: Serve = answering(),  # noqa: B008
    trusted: bool = True,
) -> Stage:
    """A server of this machine that is gone to directly."""

    @asynccontextmanager
    async def stage(authority: trustme.CA, file: str) -> AsyncIterator[tuple[str, Route]]:
        async with listening(serve, tls(authority) if tls else None) as port:
            yield f"https://localhost:{port}/", Route(ca_bundle=file) if trusted else DIRECT

    return stage


def by(
    proxy: Callable[[int], ConnectProxy | SocksProxy],
    scheme: str = "http",
    *,
    login: str = "",
    names: tuple[str, ...] = (HOST,),
) -> Stage:
    """A server behind a proxy."""

    @asynccontextmanager
    async def stage(authority: trustme.CA, file: str) -> AsyncIterator[tuple[str, Route]]:
        async with (
            listening(answering(), certified(authority, *names)) as port,
            listening(proxy(port)) as at,
        ):
            yield f"https://{HOST}/", Route(f"{scheme}://{login}127.0.0.1:{at}", file)

    return stage


@asynccontextmanager
async def nobody(authority: trustme.CA, file: str) -> AsyncIterator[tuple[str, Route]]:
    yield f"https://localhost:{free_port()}/", DIRECT


def no_proxy(scheme: str) -> Stage:
    @asynccontextmanager
    async def stage(authority: trustme.CA, file: str) -> AsyncIterator[tuple[str, Route]]:
        yield f"https://{HOST}/", Route(f"{scheme}://127.0.0.1:{free_port()}")

    return stage


def mute(scheme: str) -> Stage:
    """What takes a connection and says nothing: the server, or a proxy."""

    @asynccontextmanager
    async def stage(authority: trustme.CA, file: str) -> AsyncIterator[tuple[str, Route]]:
        async with listening(silent) as port:
            if scheme == "https":
                yield f"https://localhost:{port}/", DIRECT
            else:
                yield f"https://{HOST}/", Route(f"{scheme}://127.0.0.1:{port}")

    return stage


@asynccontextmanager
async def slow(authority: trustme.CA, file: str) -> AsyncIterator[tuple[str, Route]]:
    async with listening(silent, certified(authority, "localhost")) as port:
        yield f"https://localhost:{port}/", Route(ca_bundle=file)


@asynccontextmanager
async def web_server(authority: trustme.CA, file: str) -> AsyncIterator[tuple[str, Route]]:
    """What is set as a SOCKS proxy is none."""
    async with listening(plain) as port:
        yield f"https://{HOST}/", Route(f"socks5://127.0.0.1:{port}")


FAULTS: dict[str, tuple[Stage, str, str, bool]] = {
    "refused": (nobody, "localhost refuses the connection", "needs a proxy", True),
    "no connection": (mute("https"), "no connection to localhost", "needs a proxy", True),
    "slow": (slow, "did not answer within 0.4 s", "total_s", True),
    "expired": (
        direct(lambda it: certified(it, "localhost", until=EXPIRED)),
        "the certificate of localhost has expired", "clock", False,
    ),
    "other name": (
        direct(lambda it: certified(it, HOST)),
        "the certificate of localhost is for another name than localhost", "address", False,
    ),
    "unknown issuer": (
        direct(lambda it: certified(it, "localhost"), trusted=False),
        "from an authority that is not known here", "ca_bundle", False,
    ),
    "old TLS": (
        direct(None, serve=outdated), "no version of TLS that is safe",
        "Tell who runs it", False,
    ),
    "no TLS": (direct(None, serve=plain), "localhost does not speak TLS", "address", False),
    "proxy down": (no_proxy("http"), "refuses the connection", "the setting proxy", True),
    "proxy mute": (mute("http"), "no connection to the proxy", "proxy", True),
    "proxy wants login": (
        by(lambda to: ConnectProxy(to, login=LOGIN)), "wants a login", "NAME:PASSWORD@", False,
    ),
    "proxy wants another login": (
        by(lambda to: ConnectProxy(to, login=LOGIN), login="anna:wrong@"), "wants a login",
        "NAME:PASSWORD@", False,
    ),
    "proxy says 401 of a wrong login": (
        by(lambda to: ConnectProxy(to, status=401), login="anna:wrong@"), "wants a login",
        "NAME:PASSWORD@", False,
    ),
    "proxy forbids": (
        by(lambda to: ConnectProxy(to, status=403)), f"refused {HOST} (403)", "let api", False,
    ),
    "proxy fails": (
        by(lambda to: ConnectProxy(to, status=502)), f"could not reach {HOST} (502)", "address",
        True,
    ),
    "certificate behind a proxy": (
        by(ConnectProxy, names=("other.example.org",)),
        f"the certificate of {HOST} is for another name than {HOST}", "address", False,
    ),
    "SOCKS down": (no_proxy("socks5"), "refuses the connection", "the setting proxy", True),
    "SOCKS mute": (mute("socks5"), "the proxy socks5://127.0.0.1", "network", True),
    "SOCKS wants login": (
        by(lambda to: SocksProxy(to, login=LOGIN), "socks5"), "wants a login", "NAME:", False,
    ),
    "SOCKS wants another login": (
        by(lambda to: SocksProxy(to, login=LOGIN), "socks5", login="anna:wrong@"),
        "wants a login", "NAME:", False,
    ),
    "SOCKS forbids": (
        by(lambda to: SocksProxy(to, code=2), "socks5"), f"refused {HOST}", "let api", False,
    ),
    "SOCKS fails": (
        by(lambda to: SocksProxy(to, code=4), "socks5"), f"could not reach {HOST}", "address", True,
    ),
    "no SOCKS": (web_server, "does not speak SOCKS5", "the setting proxy", False),
}  # fmt: skip
"""By fault: how it is staged, what is said, what is said to help, whether it is tried again."""


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_sentence(fault: str, tmp_path: Path) -> None:
    """It says what happened, to whom and what helps; nothing left, unless an answer is awaited."""
    stage, says, helps, again = FAULTS[fault]

    async def go() -> None:
        async with stage(AUTHORITY, bundle(AUTHORITY, tmp_path)) as (url, route):
            await asked(url, route)

    with pytest.raises(ProviderDown) as caught:
        asyncio.run(go())
    error = caught.value
    assert says in error.what
    assert error.what.startswith("Example ")
    assert helps in error.helps
    assert (error.again, error.sent) == (again, fault == "slow")
    assert "wrong" not in str(error), "a login is in no message"


SAME = ("proxy wants another login", "proxy says 401 of a wrong login", "SOCKS down",
        "SOCKS wants another login")  # fmt: skip
"""Faults that are told as another one is, since the same helps."""


def test_each_fault_says_something_else() -> None:
    """No sentence serves for faults that want different help."""
    sentences = {(says, helps) for _, says, helps, _ in FAULTS.values()}
    alike = len(FAULTS) - len(sentences)
    assert alike == len(SAME)


@pytest.mark.parametrize(
    ("route", "says"),
    [(DIRECT, f"the name {HOST} is not found"),
     (Route("http://proxy.example.org:3128"), "is not found by its name, proxy.example.org")],
)  # fmt: skip
def test_a_name_that_is_not_found_is_told(
    route: Route, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the provider, or of the proxy, whichever was looked up here."""

    async def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", unknown)
    with pytest.raises(ProviderDown, match=says) as caught:
        asyncio.run(asked(f"https://{HOST}/", route))
    assert not caught.value.sent


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENETUNREACH, "is not reached from this network"),
        (errno.EACCES, "may not be reached: this machine's firewall forbids it"),
        (errno.ETIMEDOUT, "does not answer"),
        (errno.ECONNRESET, "ended the connection"),
        (errno.EIO, "can't be reached"),
    ],
)
def test_a_socket_s_fault_is_told(number: int, says: str) -> None:
    """Whatever the system says of the connection."""
    error = aiohttp.ClientConnectorError(None, OSError(number, "x"))  # type: ignore[arg-type]
    found = connection_fault(error, provider="E", host=HOST, route=DIRECT, bounds=QUICK)
    assert f"{HOST} {says}" in found.what


def test_what_no_one_knows_is_named_by_its_class() -> None:
    """A fault of none of the kinds may have reached the provider."""
    error = aiohttp.ClientPayloadError("x")
    found = connection_fault(error, provider="E", host=HOST, route=DIRECT, bounds=QUICK)
    assert (found.what, found.sent) == ("E broke off: ClientPayloadError.", True)
