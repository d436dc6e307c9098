"""Requests as they go on the wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import RequestRejected
from clew.transform.request import build_request, encode_query

BASE = "https://api.example/api"


@given(st.text(max_size=40))
def test_a_segment_can_not_leave_its_place(value: str) -> None:
    """Whatever a value holds, the path has the same number of segments and no query."""
    request = build_request(
        "x", BASE, ("indicators", value.encode("utf-8", "replace").decode(), "a")
    )
    below = request.url.removeprefix(BASE)
    assert below.count("/") == 3
    assert "?" not in below
    assert "#" not in below


def test_the_query_is_encoded_once() -> None:
    """Spaces are %20, lists repeat, None is left out."""
    query = encode_query([("owner", "A & B"), ("fields", ["a", "b"]), ("x", None), ("y", True)])
    assert query == "owner=A%20%26%20B&fields=a&fields=b&y=true"


def test_a_fingerprint_ignores_the_host() -> None:
    """The same request to a replica and to the vendor is the same."""
    one = build_request("x", BASE, "v1/a", [("q", 1)])
    two = build_request("x", "http://127.0.0.1:81/api", "v1/a", [("q", 1)])
    other = build_request("x", BASE, "v1/a", [("q", 2)])
    assert one.fingerprint(BASE) == two.fingerprint("http://127.0.0.1:81/api")
    assert one.fingerprint(BASE) != other.fingerprint(BASE)


def test_a_long_url_is_refused() -> None:
    """URLs are bounded."""
    with pytest.raises(RequestRejected, match="16384 bytes"):
        build_request("x", BASE, ("a" * 20_000,))


def test_the_path_is_what_stands_on_the_request_line() -> None:
    """Path and host are read from the URL."""
    request = build_request("x", BASE, "v1/a", [("q", 1)])
    assert (request.path, request.host) == ("/api/v1/a?q=1", "api.example")
