"""The service over the wire: what the page does, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas
from service.page import Page, served


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    return tmp_path / "a.clew", {"CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no"}


@pytest.fixture
def page(place: tuple[Path, dict[str, str]]) -> Iterator[Page]:
    with served(*place) as found:
        found.post("/text", graph="main", text="a.example.org\nb.example.org\n192.0.2.7")
        yield found


def test_text_becomes_entities_after_a_preview(page: Page) -> None:
    """A preview keeps nothing; adding does, and a second start shows the same."""
    told = page.post("/text/preview", graph="main", text="hxxp://c[.]example[.]org/x\n::bad::\n")
    assert [one["type"] for one in told["found"]] == ["url"]
    assert told["problem_count"] == 1
    table = page.table("/graph/entities?graph=main")
    assert sorted(table["label"]) == ["192.0.2[.]7", "a.example[.]org", "b.example[.]org"]


@pytest.mark.assurance("kill")
def test_what_was_acknowledged_is_there_after_a_restart(place: tuple[Path, dict[str, str]]) -> None:
    """Stopping the service loses nothing that it said yes to."""
    with served(*place) as page:
        page.post("/text", graph="main", text="a.example.org")
        page.post("/window", window="2013", undated="drop")
        before = page.get("/case")
    with served(*place) as page:
        assert page.get("/case") == before
        assert before["window"]


@pytest.mark.assurance("state-machine")
def test_every_change_can_be_taken_back(page: Page) -> None:
    """Undo after each kind of change gives the case of before, but for the log's length."""
    ids = page.ids("main")
    changes: dict[str, dict[str, Any]] = {
        "/hide": {"graph": "main", "entities": ids[:1]},
        "/remove": {"graph": "main", "entities": ids[:1]},
        "/label": {"entities": ids, "kind": "star"},
        "/move": {"graph": "main", "entities": ids[:1], "positions": [1, 2]},
        "/window": {"window": "2013-05-20+-45"},
        "/copy": {"source": "main", "entities": ids[:2], "target": "second"},
        "/layout": {"graph": "main", "layout": "circular"},
        "/graphs": {"graph": "third"},
        "/note": {"text": "seen before", "entity": ids[0]},
        "/mark": {"tlp": 3},
    }
    for path, body in changes.items():
        before = page.get("/case"), page.table("/graph/entities?graph=main")
        page.post(path, **body)
        after = page.get("/case"), page.table("/graph/entities?graph=main")
        assert after[0]["undo"], path
        page.post("/undo")
        undone = page.get("/case"), page.table("/graph/entities?graph=main")
        assert undone[1].equals(before[1]), path
        same = {"seq", "undo", "redo"}
        assert {k: v for k, v in undone[0].items() if k not in same} == {
            k: v for k, v in before[0].items() if k not in same
        }, path


def test_old_entities_keep_their_place_when_new_ones_come(page: Page) -> None:
    """What has a place keeps it to the bit."""
    before = page.table("/graph/entities?graph=main").select("id", "x", "y")
    page.post("/text", graph="main", text="c.example.org\nd.example.org")
    after = page.table("/graph/entities?graph=main").select("id", "x", "y")
    assert after.join(before, on="id", how="semi").sort("id").equals(before.sort("id"))


def test_errors_have_one_shape(page: Page) -> None:
    """Unknown, malformed and refused alike say what happened, to what, and what helps."""
    for status, answer in (
        page.tried("/hide", graph="nowhere", entities=[]),
        page.tried("/hide", graph="main", entities=["0" * 32]),
        page.tried("/hide", graph="main", entities=["no id"]),
        page.tried("/hide", graph="main", entities=[], more=1),
        page.tried("/nothing"),
        page.tried("/window", window="soon"),
    ):
        assert status in (404, 422)
        assert set(answer) == {"what", "subject", "helps"}
        assert answer["what"].endswith(".")


def test_an_address_of_nothing_says_so_in_words(page: Page) -> None:
    """A browser that goes to a page that is not there reads that, and no JSON."""
    status, headers, body = page.raw("GET", "/nothing", Accept="text/html,*/*;q=0.8")
    assert status == 404
    assert headers.get_content_type() == "text/html"
    assert b"There is nothing at this address." in body


@pytest.mark.assurance("token", "csrf", "rebinding")
def test_every_route_refuses_strangers(page: Page) -> None:
    """Each route of the description refuses a foreign Host, a foreign Origin and no cookie."""
    routes = page.get("/openapi.json")["paths"]
    assert len(routes) > 25
    for path, methods in routes.items():
        for method in methods:
            body = b"{}" if method == "post" else None
            at = path
            for headers, expected in (
                ({"Host": "evil.example"}, 403),
                ({"Origin": "http://evil.example"}, 403),
                ({"Cookie": "clew=made-up"}, 401),
                ({"Cookie": ""}, 401),
            ):
                status, _, _ = page.raw(method.upper(), at, body, **headers)
                assert status == expected, (method, path, headers)


def test_a_transform_runs_by_its_plan(tmp_path: Path) -> None:
    """A plan tells what leaves; the run brings findings whose facts lead to the raw reply."""
    case = load_scenario("pitty-tiger")
    with serve_replicas(case) as server:
        environment = {**server.settings(), "CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no"}
        with served(tmp_path / "b.clew", environment) as page:
            page.post("/text", graph="main", text="avstore.com.tw")
            ids = page.ids("main")
            offers = page.post("/transforms", graph="main", entities=ids)
            offer = next(one for one in offers if one["id"] == "domaintools.domain_to_registrants")
            assert offer["fits"] == 1
            body = {"graph": "main", "entities": ids, "transform": offer["id"]}
            plan = page.post("/plan", **body)
            assert plan["asks"] == ["avstore.com[.]tw"]
            heard = server.received("domaintools")
            assert page.tried("/runs", **body)[0] == (403 if plan["credits"] else 200)
            assert server.received("domaintools") == heard
            if plan["credits"]:
                page.post("/runs", **body, credits_max=plan["credits"])
            (run,) = page.finished()
            assert (run["failed"], run["left"]) == (0, 0)
            facts = page.get(f"/entities/{ids[0]}")
            claims = facts["links"] + facts["properties"]
            assert claims
            reply = page.get(f"/replies/{claims[0]['reply']}")
            assert "longsa33@yahoo.com" in reply["text"]
            page.post("/undo")
            assert page.ids("main") == ids


def test_notes_hidden_and_the_links_between_two(page: Page) -> None:
    """What panels read beside the graph: notes with what they are about, what is hidden, links."""
    page.post("/text", graph="main", text="http://a.example.org/x")
    first, *rest = page.ids("main", "domain-name")
    page.post("/note", text="seen before", entity=first)
    page.post("/note", text="of the case")
    told = page.get("/notes")
    assert [one["text"] for one in told] == ["seen before", "of the case"]
    assert [one["type"] for one in told] == ["domain-name", ""]
    page.post("/hide", graph="main", entities=[first])
    assert page.get("/graph/hidden?graph=main") == [first]
    page.post("/hide", graph="main", entities=[first], hidden=False)
    assert page.get("/graph/hidden?graph=main") == []
    url = page.ids("main", "url")[0]
    page.post("/runs", graph="main", transform="local.url_to_host", entities=[url])
    page.finished()
    (link,) = (
        page.get(f"/links?a={url}&b={first}")["links"]
        or page.get(f"/links?a={url}&b={rest[0]}")["links"]
    )
    assert link["score"] > 0
    assert link["observations"][0]["provider"] == "local"


def test_pieces_copied_one_by_one_keep_their_links(page: Page) -> None:
    """Copying the two ends of a link after each other brings the link as copying both does."""
    page.post("/text", graph="main", text="http://a.example.org/x")
    url = page.ids("main", "url")
    page.post("/runs", graph="main", transform="local.url_to_host", entities=url)
    page.finished()
    for part in (url, page.ids("main", "domain-name")):
        page.post("/copy", source="main", entities=part, target="pieces")
    assert page.table("/graph/links?graph=pieces").height == 1


def test_two_spellings_are_suggested_joined_and_taken_apart(page: Page) -> None:
    """A suggestion with its reason; joined they are one entity, split they are two again."""
    page.post("/text", graph="main", text="service-mail.example\nserivce-mail.example")
    (told,) = page.get("/graph/identity?graph=main")
    assert "one letter apart" in told["reasons"][0]
    before = len(page.ids("main"))
    keep, other = told["ids"]
    page.post("/join", keep=keep, others=[other], reason="a misprint")
    assert len(page.ids("main")) == before - 1
    (group,) = page.get("/graph/joined?graph=main")
    assert (group["id"], group["others"]) == (keep, [other])
    page.post("/label", entities=[keep], kind="tag", text="since")
    page.post("/split", entities=[other])
    assert len(page.ids("main")) == before
    assert page.get("/graph/joined?graph=main") == []
