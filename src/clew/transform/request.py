"""A request as it goes on the wire, and the reply to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from urllib.parse import quote, urljoin, urlsplit

from clew.errors import RequestRejected

URL_LENGTH_MAX = 16_384
"""Longest URL that is sent, in bytes."""

Path = str | tuple[str, ...]
"""A path as it stands (``"v3/groups"``), or segments that are each percent-encoded in full."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. The URL is percent-encoded already and is sent byte for byte."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        """Path with query, as on the request line."""
        parts = urlsplit(self.url)
        return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"

    @property
    def host(self) -> str:
        """Host name, lower-case."""
        return (urlsplit(self.url).hostname or "").lower()

    def with_headers(self, **headers: str) -> Request:
        """The same with more headers; underscores in names become hyphens."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **more})

    def with_query(self, query: Iterable[tuple[str, object]]) -> Request:
        """The same with more query parameters at the end."""
        more = encode_query(query)
        if not more:
            return self
        return replace(self, url=f"{self.url}{'&' if '?' in self.url else '?'}{more}")

    def at(self, base_url: str) -> Request:
        """The same where its URL is a path, at that address; as it is where there is none."""
        if not base_url:
            return self
        return replace(self, url=urljoin(f"{base_url.rstrip('/')}/", self.url))

    def fingerprint(self, base_url: str) -> str:
        """
        What makes two unsigned requests the same: method, URL below the base, body; 64 hex digits.

        The base is left out, so that a reply kept from one host answers for another.
        """
        below = self.url.removeprefix(base_url.rstrip("/"))
        return blake2b(
            b"\0".join((self.method.encode(), below.encode(), self.body)), digest_size=32
        ).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whole."""

    request: Request
    """As it was before signing."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def media_type(self) -> str:
        """The declared content type without parameters, lower-case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as UTF-8, wrong bytes replaced."""
        return self.body.decode("utf-8", "replace")


def encode_query(query: Iterable[tuple[str, object]]) -> str:
    """
    Query parameters in order, percent-encoded (space as ``%20``).

    None is left out, yes and no are ``true`` and ``false``, a list repeats its name.
    """
    parts = []
    for name, value in query:
        many = value if isinstance(value, list | tuple) else (value,)
        for item in many:
            if item is None:
                continue
            text = str(item).lower() if isinstance(item, bool) else str(item)
            parts.append(f"{quote(name, safe='')}={quote(text, safe='')}")
    return "&".join(parts)


def build_request(
    provider: str,
    base_url: str,
    path: Path,
    query: Iterable[tuple[str, object]] = (),
    *,
    method: str = "GET",
    body: bytes = b"",
    media_type: str = "",
) -> Request:
    """
    The unsigned request for a path below the base URL.

    Raises:
        RequestRejected: The URL is over URL_LENGTH_MAX.
    """
    below = path if isinstance(path, str) else "/".join(quote(part, safe="") for part in path)
    url = f"{base_url.rstrip('/')}/{below.lstrip('/')}"
    encoded = encode_query(query)
    if encoded:
        url = f"{url}?{encoded}"
    if len(url) > URL_LENGTH_MAX:
        raise RequestRejected(
            provider,
            f"can't be asked: the URL is over {URL_LENGTH_MAX} bytes",
            helps="Ask for fewer or shorter values.",
        )
    headers = {"Content-Type": media_type} if media_type else {}
    return Request(method, url, headers, body)
