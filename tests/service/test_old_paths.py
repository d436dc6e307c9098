"""Paths of version 0.1: each gives what the question or command gives that took its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from clew.service.old_paths import COMMANDS
from service.page import Page, served

TABLE = (
    b"domain,ip,first_seen\na.example.org,192.0.2.7,2013-05-20\n"
    b"b.example.org,192.0.2.7,2013-06-01\nc.example.org,192.0.2.8,2014-06-01\n"
)
GIVEN: dict[str, dict[str, Any]] = {
    "/graphs": {"graph": "new"},
    "/hide": {"entities": ["a.example.org"]},
    "/remove": {"entities": ["a.example.org"]},
    "/label": {"kind": "star", "entities": ["a.example.org"]},
    "/join": {"keep": "a.example.org", "others": ["b.example.org"]},
    "/split": {"entities": ["b.example.org"]},
    "/note": {"text": "looked at", "entity": "a.example.org"},
    "/mark": {"tlp": 2, "entities": ["a.example.org"]},
    "/move": {"entities": ["a.example.org"], "positions": [1.0, 2.0]},
    "/window": {"window": "2013"},
    "/copy": {"source": "main", "target": "copied", "entities": ["a.example.org"]},
    "/merge": {"sources": ["main", "other"], "target": "merged"},
    "/text": {"text": "d[.]example[.]org"},
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The service on two graphs with dates."""
    folder = tmp_path_factory.mktemp("old")
    with served(folder / "a.clew", {"CLEW_HOME": str(folder), "CLEW_KEYRING": "no"}) as found:
        for graph in ("main", "other"):
            kind = {"Content-Type": "application/octet-stream"}
            _, _, body = found.raw("POST", "/api/import/preview?name=t.csv", TABLE, **kind)
            found.post("/import", token=msgspec.json.decode(body)["token"], graph=graph)
        found.post("/text", graph="alike", text="service-mail.example\nserivce-mail.example")
        yield found


def answer(page: Page, name: str, **given: Any) -> Any:
    """What a question answers."""
    return page.post(f"/questions/{name}", **given)


def test_reads_are_the_questions(page: Page) -> None:
    """About, between, why, structure and identity: the same records under the old paths."""
    a, b = "a.example.org", "192.0.2.7"
    assert page.get(f"/entities/{quote(a)}") == answer(page, "about", entity=a)
    assert page.get(f"/links?a={a}&b={b}") == answer(page, "between", a=a, b=b)
    assert page.get(f"/connections?a={a}&b=b.example.org") == answer(
        page, "why", a=a, b="b.example.org"
    )
    found = answer(page, "structure", graph="main")
    assert page.get("/graph/communities?graph=main") == found
    assert found["entities"]
    pairs = answer(page, "identity", graph="alike")["pairs"]
    assert page.get("/graph/identity?graph=alike") == pairs
    assert pairs


def test_bodies_are_the_requests(page: Page) -> None:
    """Next pivots, nearest and overlap: the rows alone, or the answer, as 0.1 gave them."""
    pivots = answer(page, "next-pivots", graph="main")["pivots"]
    assert page.post("/pivots", graph="main") == pivots
    assert pivots
    asked = {"entities": ["a.example.org"], "day": "2013-05-20"}
    ids = {one["id"] for one in answer(page, "nearest", **asked)["entities"]}
    assert page.post("/nearest", **asked) == sorted(ids)
    assert ids
    assert page.post("/overlap", sources=["main", "other"]) == answer(
        page, "overlap", a="main", b="other"
    )


def test_pruning_counts_the_window_where_it_says_so(page: Page) -> None:
    """At 0.1 ``window`` was yes or no: yes is the window under study, no is none."""
    page.post("/window", window="2013", undated="drop")
    rules = {"graph": "main", "undated": "drop"}
    within = page.post("/prune/proposal", window=True, **rules)
    assert within == answer(page, "prune-proposal", **rules)
    assert {one["value"] for one in within["falling"]} == {"c.example.org", "192.0.2.8"}
    assert page.post("/prune/proposal", window=False, leaf_rounds=0, **rules)["falling"] == []
    before = page.ids("main")
    assert page.post("/prune", window=True, **rules)["label"]
    assert len(page.ids("main")) == len(before) - 2
    page.post("/undo")
    assert page.ids("main") == before
    page.post("/redo")
    page.post("/undo")


@pytest.mark.parametrize("path", [path for path in COMMANDS if path not in ("/undo", "/redo")])
def test_changes_are_the_commands(page: Page, path: str) -> None:
    """Label and entry are told, and one undo takes it back."""
    if path == "/split":
        page.post("/join", **GIVEN["/join"])
    done = page.post(path, **GIVEN[path])
    history = page.get("/history")
    assert (history[-1]["seq"], history[-1]["label"]) == (done["seq"], done["label"])
    assert done["label"]
    page.post("/undo")
    if path == "/split":
        page.post("/undo")


@pytest.mark.parametrize(
    ("path", "body", "part"),
    [
        ("/pivots", b"[", "request"),
        ("/nearest", b"[1]", "request"),
        ("/overlap", b'{"sources": ["main"]}', "fewer than two graphs"),
        ("/overlap", b"", "fewer than two graphs"),
        ("/prune", b'{"graph": "main", "colour": "red"}', "colour"),
        ("/prune/proposal", b'{"graph": "zzz"}', "zzz"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    page: Page, path: str, body: bytes, part: str
) -> None:
    """A body that is no request changes nothing and says why."""
    before = page.get("/history")
    status, _, answered = page.raw("POST", f"/api{path}", body)
    assert status in (400, 404, 422)
    assert part in str(msgspec.json.decode(answered))
    assert page.get("/history") == before
