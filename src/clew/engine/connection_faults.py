"""One sentence for each way in which a request does not come through: what, to whom, what helps."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
import aiohttp_socks

from clew.engine.bounds import Bounds
from clew.engine.route import Route
from clew.errors import ProviderDown

_SET_CA = "If your network has an authority of its own, set ca_bundle to its file (clew settings)."
_SET_PROXY = "Check the setting proxy, of the network or of the provider (clew settings)."
_SET_LOGIN = "Write NAME:PASSWORD@ before the host in the proxy's address (clew settings)."
_SET_URL = "Check the configured address (clew settings), and whether this network needs a proxy."
_LATER = "Try again later."

CONNECTION_ERRORS = (
    aiohttp.ClientError, aiohttp_socks.ProxyError, aiohttp_socks.ProxyConnectionError,
    aiohttp_socks.ProxyTimeoutError, OSError, asyncio.IncompleteReadError, ValueError,
)  # fmt: skip
"""What sending a request can raise."""
EXPIRED, NOT_YET_VALID = 10, 9
SELF_SIGNED, SELF_SIGNED_IN_CHAIN, NO_ISSUER_HERE, NO_ISSUER, UNTRUSTED = 18, 19, 20, 2, 21
OTHER_NAME, OTHER_ADDRESS = 62, 64
"""Verification results of OpenSSL (x509_vfy.h)."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """What happened in words, what helps, and whether another try may go better."""

    what: str
    helps: str = _LATER
    again: bool = True
    sent: bool = False
    """Whether the request may have reached the provider."""


def connection_fault(
    error: BaseException, *, provider: str, host: str, route: Route, bounds: Bounds
) -> ProviderDown:
    """
    The sentence for an error of a connection.

    Args:
        error: What was raised on the way; what it came from is looked at too.
        provider: Label for the message.
        host: Whom the request was for.
        route: How it travelled.
        bounds: Its times.
    """
    causes = tuple(_causes(error))
    fault = (
        _of_proxy(causes, host, route)
        or _of_certificate(causes, host, route)
        or _of_tls(causes, host)
        or _of_name(causes, host, route)
        or _of_time(causes, host, route, bounds)
        or _of_socket(causes, host)
        or _Fault(f"broke off: {type(error).__name__}", sent=True)
    )
    return ProviderDown(provider, fault.what, helps=fault.helps, sent=fault.sent, again=fault.again)


def _of_proxy(causes: tuple[BaseException, ...], host: str, route: Route) -> _Fault | None:
    proxy = f"the proxy {route.shown_proxy}"
    for one in causes:
        match one:
            case aiohttp.ClientHttpProxyError(status=401 | 407):
                # Tinyproxy says 401 of a login that is wrong.
                return _Fault(f"was not asked: {proxy} wants a login", _SET_LOGIN, again=False)
            case aiohttp.ClientHttpProxyError() if one.status >= 500:
                return _Fault(
                    f"was not asked: {proxy} could not reach {host} ({one.status})", _SET_URL
                )
            case aiohttp.ClientHttpProxyError():
                helps = f"Ask who runs it to let {host} through."
                return _Fault(
                    f"was not asked: {proxy} refused {host} ({one.status})", helps, again=False
                )
            case aiohttp_socks.ProxyError(error_code=None) if "authentication" in str(one):
                return _Fault(f"was not asked: {proxy} wants a login", _SET_LOGIN, again=False)
            case aiohttp_socks.ProxyError(error_code=2):
                helps = f"Ask who runs it to let {host} through."
                return _Fault(f"was not asked: {proxy} refused {host}", helps, again=False)
            case aiohttp_socks.ProxyError(error_code=None):
                return _Fault(f"was not asked: {proxy} does not speak SOCKS5", _SET_PROXY, False)
            case aiohttp_socks.ProxyError():
                return _Fault(f"was not asked: {proxy} could not reach {host} ({one})", _SET_URL)
            case aiohttp_socks.ProxyTimeoutError():
                return _Fault(f"was not asked: {proxy} did not answer in time", _SET_PROXY)
            case aiohttp.ClientProxyConnectionError() | aiohttp_socks.ProxyConnectionError():
                if any(isinstance(other, socket.gaierror) for other in causes):
                    return _no_name(f"{proxy} ", route.proxy)
                why = _reason(causes) or "can't be reached"
                return _Fault(f"was not asked: {proxy} {why}", _SET_PROXY)
            case aiohttp.ClientConnectorDNSError() if route.proxy:
                return _no_name(f"{proxy} ", route.proxy)
    return None


def _of_certificate(causes: tuple[BaseException, ...], host: str, route: Route) -> _Fault | None:
    # The library's own error is of this class too, and lacks what OpenSSL said.
    code, message = next(
        ((one.verify_code, one.verify_message)
         for one in causes
         if isinstance(one, ssl.SSLCertVerificationError) and hasattr(one, "verify_code")),
        (None, ""),
    )  # fmt: skip
    if code is None:
        return None
    shown, name = f"the certificate of {host}", host
    proxy = urlsplit(route.proxy).hostname
    if proxy and any(getattr(one, "host", None) == proxy for one in causes):
        name = proxy
        shown = f"the certificate of the proxy {route.shown_proxy}"
    if code == EXPIRED:
        return _Fault(f"was not asked: {shown} has expired",
                      "Tell who runs it; check this machine's clock too.", again=False)  # fmt: skip
    if code == NOT_YET_VALID:
        return _Fault(f"was not asked: {shown} is not valid yet",
                      "Check this machine's clock.", again=False)  # fmt: skip
    if code in (OTHER_NAME, OTHER_ADDRESS):
        return _Fault(f"was not asked: {shown} is for another name than {name}",
                      "Check the configured address: it must be the name that is certified.",
                      again=False)  # fmt: skip
    if code in (SELF_SIGNED, SELF_SIGNED_IN_CHAIN, NO_ISSUER_HERE, NO_ISSUER, UNTRUSTED):
        return _Fault(f"was not asked: {shown} is from an authority that is not known here",
                      _SET_CA, again=False)  # fmt: skip
    return _Fault(f"was not asked: {shown} is not accepted ({message})",
                  _SET_CA, again=False)  # fmt: skip


def _of_tls(causes: tuple[BaseException, ...], host: str) -> _Fault | None:
    reasons = [getattr(one, "reason", "") for one in causes if isinstance(one, ssl.SSLError)]
    if not reasons:
        return None
    reason = next(filter(None, reasons), "")
    if reason in ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE"):
        return _Fault(f"was not asked: {host} speaks no version of TLS that is safe (1.2 or newer)",
                      "Tell who runs it.", again=False)  # fmt: skip
    if reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"):
        return _Fault(
            f"was not asked: {host} does not speak TLS at that port", _SET_URL, again=False
        )
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason:
        return _Fault(f"was not asked: {host} refused the TLS handshake ({reason.lower()})",
                      "Tell who runs it: it may want a certificate of the client, "
                      "which Clew has none of.", again=False)  # fmt: skip
    words = reason.lower().replace("_", " ") or "the handshake broke off"
    return _Fault(f"was not asked: TLS with {host} failed ({words})", _SET_URL)


def _of_name(causes: tuple[BaseException, ...], host: str, route: Route) -> _Fault | None:
    found = any(
        isinstance(one, socket.gaierror | aiohttp.ClientConnectorDNSError) for one in causes
    )
    return _no_name("", host) if found and not route.proxy else None


def _no_name(whose: str, url: str) -> _Fault:
    name = urlsplit(url).hostname if "//" in url else url
    if whose:
        return _Fault(f"was not asked: {whose}is not found by its name, {name}", _SET_PROXY)
    return _Fault(f"was not asked: the name {name} is not found", _SET_URL)


def _of_time(
    causes: tuple[BaseException, ...], host: str, route: Route, bounds: Bounds
) -> _Fault | None:
    at = f"the proxy {route.shown_proxy}" if route.proxy else host
    if any(isinstance(one, aiohttp.ClientConnectorError) for one in causes):
        return None
    for one in causes:
        if isinstance(one, aiohttp.ConnectionTimeoutError):
            return _Fault(f"was not asked: no connection to {at} came about within "
                          f"{bounds.connect_s:g} s", _SET_URL)  # fmt: skip
        if isinstance(one, TimeoutError):
            return _Fault(f"did not answer within {bounds.total_s:g} s",
                          "Try again later, ask for less, or set total_s higher (clew settings).",
                          sent=True)  # fmt: skip
    return None


def _of_socket(causes: tuple[BaseException, ...], host: str) -> _Fault | None:
    if not any(isinstance(one, aiohttp.ClientConnectorError) for one in causes):
        return None
    why = _reason(causes) or "can't be reached"
    return _Fault(f"was not asked: {host} {why}", _SET_URL)


def _reason(causes: tuple[BaseException, ...]) -> str:
    for one in causes:
        if isinstance(one, ConnectionResetError | BrokenPipeError):
            return "ended the connection"
        match getattr(one, "errno", None):
            case errno.ECONNREFUSED:
                return "refuses the connection"
            case errno.ENETUNREACH | errno.EHOSTUNREACH | errno.EADDRNOTAVAIL:
                return "is not reached from this network"
            case errno.ETIMEDOUT:
                return "does not answer"
            case errno.EACCES | errno.EPERM:
                return "may not be reached: this machine's firewall forbids it"
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left and len(seen) < 20:
        one = left.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        left += [one.__cause__, getattr(one, "os_error", None),
                 getattr(one, "certificate_error", None), one.__context__]  # fmt: skip
        if isinstance(one, BaseExceptionGroup):
            left += one.exceptions
