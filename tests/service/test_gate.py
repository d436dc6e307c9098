"""The gate: Host, Origin, the one-time token, the cookie, content types, sizes."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from clew.service.gate import BODY_BYTES_MAX, Gate
from clew.service.passes import TOKEN_LIFE_S, Pass

HOST = "127.0.0.1:8600"
ORIGIN = f"http://{HOST}"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def inside(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


def ask(
    passes: Pass, path: str = "/api/case", method: str = "GET", kind: str = "http", **headers: str
) -> tuple[int | str, dict[str, str]]:
    """The status that the gate answers with, and its headers."""
    return answered(passes, path, method, kind, **headers)[:2]


def answered(
    passes: Pass, path: str = "/api/case", method: str = "GET", kind: str = "http", **headers: str
) -> tuple[int | str, dict[str, str], bytes]:
    """The status that the gate answers with, its headers and its body."""
    sent: list[dict[str, Any]] = []
    raw = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    path, _, query = path.partition("?")
    scope = {
        "type": kind, "method": method, "path": path, "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in raw.items()],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Gate(inside, passes, hosts=frozenset({HOST}))(scope, receive, send))
    first = sent[0]
    told = {n.decode(): v.decode() for n, v in first.get("headers", [])}
    body = b"".join(message.get("body", b"") for message in sent)
    return first.get("status", first.get("code", first["type"])), told, body


def entered(passes: Pass) -> str:
    status, told = ask(passes, f"/enter?token={passes.issue()}")
    assert status == 303
    return told["set-cookie"].partition(";")[0]


@pytest.mark.assurance("token")
def test_a_token_becomes_a_strict_cookie_once() -> None:
    """The token gives an HttpOnly, SameSite=Strict cookie, and then nothing more."""
    passes = Pass(Clock())
    token = passes.issue()
    status, told = ask(passes, f"/enter?token={token}")
    assert status == 303
    assert {"HttpOnly", "SameSite=Strict"} <= set(told["set-cookie"].split("; "))
    assert ask(passes, f"/enter?token={token}")[0] == 401
    assert ask(passes, "/enter?token=made-up")[0] == 401


def test_a_used_address_leads_back_whom_it_let_in() -> None:
    """In the browser that was let in the address goes on to the page; in any other it is used."""
    passes = Pass(Clock())
    token = passes.issue()
    _, told = ask(passes, f"/enter?token={token}")
    cookie = told["set-cookie"].partition(";")[0]
    status, again = ask(passes, f"/enter?token={token}", cookie=cookie)
    assert (status, again["location"], "set-cookie" in again) == (303, "/", False)
    assert ask(passes, f"/enter?token={token}")[0] == 401


@pytest.mark.assurance("token")
def test_two_services_let_one_browser_in_side_by_side() -> None:
    """A browser sends every cookie of this machine to each port; each service finds its own."""
    one, other = Pass(Clock()), Pass(Clock())
    cookies = f"{entered(one)}; {entered(other)}"
    assert ask(one, cookie=cookies)[0] == ask(other, cookie=cookies)[0] == 200
    assert ask(other, cookie=entered(one))[0] == 401


@pytest.mark.assurance("csrf")
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "MADE-UP"])
def test_a_change_needs_the_key_that_no_cookie_carries(method: str) -> None:
    """With the cookie alone only reading passes, whatever the method is called."""
    passes = Pass(Clock())
    _, entry = ask(passes, f"/enter?token={passes.issue()}")
    key = entry["location"].removeprefix("/#key=")
    assert key not in entry["set-cookie"]
    told = {"origin": ORIGIN, "cookie": entry["set-cookie"].partition(";")[0]}
    told["content_type"] = "application/json"
    assert ask(passes, **told)[0] == 200
    assert ask(passes, method=method, **told)[0] == 401
    assert ask(passes, method=method, clew_key=Pass(Clock()).key, **told)[0] == 401
    assert ask(passes, method=method, clew_key=key, **told)[0] == 200


@pytest.mark.assurance("csrf")
@pytest.mark.parametrize("site", ["same-site", "cross-site", "made-up"])
@pytest.mark.parametrize("path", ["/", "/assets/a.js", "/api/case", "/api/commands/undo"])
def test_nothing_is_given_to_another_page(site: str, path: str) -> None:
    """A page of another port, which is of the same site, is refused as any other is."""
    passes = Pass(Clock())
    told = {"cookie": entered(passes), "clew_key": passes.key, "sec-fetch-site": site}
    assert ask(passes, path, **told)[0] == 403
    assert ask(passes, path, kind="websocket", origin=ORIGIN, **told)[0] == 4403


@pytest.mark.assurance("token")
def test_a_token_dies_of_age() -> None:
    """After TOKEN_LIFE_S a token opens nothing."""
    clock = Clock()
    passes = Pass(clock)
    token = passes.issue()
    clock.now = TOKEN_LIFE_S + 1
    assert ask(passes, f"/enter?token={token}")[0] == 401


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("path", ["/enter?token=used", "/", "/api/case"])
def test_a_person_who_is_not_let_in_reads_why(path: str) -> None:
    """A browser that asks for a page gets one, with the same status and headers as a script."""
    status, headers, body = answered(Pass(Clock()), path, accept=BROWSER)
    as_script = ask(Pass(Clock()), path, accept="*/*")
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert (status, {**headers, "content-type": "application/json"}) == as_script
    assert status == 401
    assert "set-cookie" not in headers
    text = body.decode()
    assert "has no pass to this service" in text or "was used or is too old." in text
    assert "Run &#x27;clew open&#x27; for a new address." in text
    assert "<script" not in text


def test_a_refused_change_is_never_answered_by_a_page() -> None:
    """Only navigations get HTML: what sends something gets JSON, whatever it says to accept."""
    _, headers, body = answered(Pass(Clock()), method="POST", accept=BROWSER, origin=ORIGIN)
    assert headers["content-type"] == "application/json"
    assert body.startswith(b"{")


@pytest.mark.assurance("token")
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_nothing_is_open_without_the_cookie(kind: str) -> None:
    """A missing or made-up cookie is refused on both kinds of route."""
    passes = Pass(Clock())
    refused = 401 if kind == "http" else 4403
    assert ask(passes, kind=kind, origin=ORIGIN)[0] == refused
    assert ask(passes, kind=kind, origin=ORIGIN, cookie=f"{passes.cookie}=x")[0] == refused
    assert ask(passes, kind=kind, origin=ORIGIN, cookie=entered(passes))[0] in (
        200,
        "websocket.accept",
    )


@pytest.mark.assurance("rebinding", "csrf")
@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1:1"},
        {"host": f"{HOST}.evil.example"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}"},
        {"origin": f"{ORIGIN}.evil.example"},
    ],
)
def test_a_foreign_host_or_origin_is_refused(kind: str, headers: dict[str, str]) -> None:
    """The right cookie does not help a foreign Host or Origin."""
    passes = Pass(Clock())
    told = {"origin": ORIGIN, "cookie": entered(passes), **headers}
    assert ask(passes, kind=kind, **told)[0] == (403 if kind == "http" else 4403)


@pytest.mark.parametrize(
    ("headers", "helps"),
    [
        ({"origin": "null"}, f"Send 'Origin: {ORIGIN}'"),
        ({}, f"Send 'Origin: {ORIGIN}'"),
        ({"host": "evil.example", "origin": ORIGIN}, "clew open"),
        ({"origin": ORIGIN, "sec-fetch-site": "cross-site"}, "Open the page"),
        ({"origin": ORIGIN, "sec-fetch-site": "same-site"}, "Open the page"),
    ],
)
def test_a_refusal_says_what_helps(headers: dict[str, str], helps: str) -> None:
    """A program that asks without the page's headers reads which one is missing."""
    passes = Pass(Clock())
    status, _, body = answered(passes, method="POST", cookie=entered(passes), **headers)
    assert status == 403
    assert helps in json.loads(body)["helps"]


@pytest.mark.assurance("csrf")
def test_a_socket_and_a_change_need_an_origin() -> None:
    """Without Origin neither a WebSocket nor a change passes."""
    passes = Pass(Clock())
    cookie = entered(passes)
    assert ask(passes, kind="websocket", cookie=cookie)[0] == 4403
    assert ask(passes, method="POST", cookie=cookie, content_type="application/json")[0] == 403


@pytest.mark.assurance("csrf", "resources")
def test_a_change_is_json_of_bounded_size() -> None:
    """Forms and plain text, which other pages can send, are refused; so are huge bodies."""
    passes = Pass(Clock())
    told = {"method": "POST", "origin": ORIGIN, "cookie": entered(passes), "clew_key": passes.key}
    assert ask(passes, content_type="text/plain", **told)[0] == 415
    assert ask(passes, content_type="application/x-www-form-urlencoded", **told)[0] == 415
    length = str(BODY_BYTES_MAX + 1)
    json = {"content_type": "application/json"}
    assert ask(passes, content_length=length, **json, **told)[0] == 413
    status, headers = ask(passes, **json, **told)
    assert status == 200
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
