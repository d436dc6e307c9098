"""The door: Host, token, Origin, sizes and headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from clew.errors import InvalidValue
from clew.service.trx.gate import BODY_BYTES_MAX, checked_token
from service.trx.client import TOKEN, Client, served
from service.trx.vectors import REGISTRY

PAGE = "https://graph.example.org"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(
        tmp_path_factory.mktemp("gate"), registry=REGISTRY, url="https://clew.example.org",
        origins=frozenset({PAGE}),
    ) as found:  # fmt: skip
        yield found


@pytest.mark.parametrize(
    ("prefix", "headers", "status"),
    [
        ("", {}, 401), ("/t", {}, 401), ("/t/", {}, 401), ("/t/wrong", {}, 401),
        (f"/t/{TOKEN}x", {}, 401), (f"/t/{TOKEN[:-1]}", {}, 401), (f"/t/{TOKEN.upper()}", {}, 401),
        ("/t/%C3%A9", {}, 401), (f"/x/t/{TOKEN}", {}, 401), ("", {"authorization": "x"}, 401),
        ("/t/wrong", {"maltego-api-key": TOKEN}, 401), (f"/t/{TOKEN}", {}, 200),
        ("", {"authorization": f"Bearer {TOKEN}"}, 200), ("", {"authorization": TOKEN}, 200),
        ("", {"maltego-api-key": TOKEN}, 200),
    ],
)  # fmt: skip
def test_only_who_has_the_token_enters(
    client: Client, prefix: str, headers: dict[str, Any], status: int
) -> None:
    """The token is the head of the path or in a header; whatever else is there is refused."""
    answer = replace(client, prefix=prefix).ask("GET", "/health", **headers)
    assert answer.status == status
    assert TOKEN not in answer.text


def test_a_foreign_host_is_refused(client: Client) -> None:
    """A name that a rebinding page could have is none of ours; a proxy's is."""
    for host in ("evil.example.org", f"evil.example.org:{client.port}", "127.0.0.1"):
        assert client.ask("GET", "/health", host=host).status == 403
    for host in (f"localhost:{client.port}", "clew.example.org", "CLEW.example.org"):
        assert client.ask("GET", "/health", host=host).status == 200
    raw = f"GET /t/{TOKEN}/health HTTP/1.1\r\nHost: localhost:{client.port}\r\n".encode()
    assert client.send(raw + b"Host: evil.example.org\r\n\r\n").status in (400, 403)


def test_the_seed_tells_the_address_of_the_proxy(client: Client) -> None:
    """Clients are told of the address that they can reach."""
    told = client.ask("GET", "/seed").text
    assert f"https://clew.example.org/t/{TOKEN}/runner" in told


def test_scripts_of_other_pages_are_refused(client: Client) -> None:
    """Only pages that were named may ask from a browser, and only they are told so."""
    foreign = client.ask("GET", "/health", origin="https://evil.example.org")
    assert foreign.status == 403
    assert "access-control-allow-origin" not in foreign.headers
    named = client.ask("GET", "/health", origin=PAGE)
    assert (named.status, named.headers["access-control-allow-origin"]) == (200, PAGE)
    before = replace(client, prefix="").ask(
        "OPTIONS", "/transforms", origin=PAGE, access_control_request_method="POST"
    )
    assert (before.status, before.headers["access-control-allow-origin"]) == (204, PAGE)
    assert "access-control-allow-origin" not in client.ask("GET", "/health").headers


def test_what_is_too_large_is_refused(client: Client) -> None:
    """A body over the bound is refused, whether its length is told, wrong or left out."""
    length = str(BODY_BYTES_MAX + 1)
    assert client.ask("POST", "/run/x", content_length=length).status == 413
    head = (
        f"POST /t/{TOKEN}/run/x HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    ).encode()
    piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    assert client.send(head + piece * 9).status == 413


def test_every_answer_has_the_headers(client: Client) -> None:
    """Answers and refusals are not kept, not sniffed and not framed."""
    for path in ("/health", "/nothing", "/seed"):
        told = client.ask("GET", path).headers
        assert told["x-content-type-options"] == "nosniff"
        assert told["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in told["content-security-policy"]
    assert replace(client, prefix="").ask("GET", "/").headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("token", ["", "short", "a" * 201, "a/b" * 10, "a b" * 10, "é" * 20])
def test_a_weak_token_is_no_token(token: str) -> None:
    """A token that is short, or does not fit into a path, is refused without being repeated."""
    with pytest.raises(InvalidValue) as error:
        checked_token(token)
    assert not token or token not in str(error.value)


def test_a_made_token_is_new_and_fits() -> None:
    """Where none is given, a token is made that no one had before."""
    made = {checked_token(None) for _ in range(50)}
    assert len(made) == 50
    assert all(checked_token(one) == one for one in made)
