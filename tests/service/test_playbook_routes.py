"""Playbooks and next pivots over the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from clew.playbook.format import read_playbook
from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas
from service.page import Page, served


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with serve_replicas(load_scenario("tendrit")) as server:
        settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
        with served(tmp_path / "a.clew", settings) as found:
            yield found


def ended(page: Page, play: str) -> dict[str, Any]:
    """A play when it goes on no more."""

    async def wait() -> dict[str, Any]:
        told = {"Origin": page.origin, "Cookie": page.cookie}
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{page.origin}/api/stream", headers=told) as stream,
        ):
            for _ in range(1_000):
                await stream.receive_json(timeout=60)
                plays = await asyncio.to_thread(page.get, "/plays")
                found: dict[str, Any] = next(one for one in plays if one["id"] == play)
                if not found["running"]:
                    return found
        raise AssertionError("the play does not end")

    return asyncio.run(wait())


def test_a_playbook_is_foreseen_played_and_compared(page: Page) -> None:
    """Its price before, its steps as they end, and no change when it is played again."""
    names = {one["name"]: one for one in page.get("/playbooks")}
    assert {"registrant-hunt", "shared-hosting", "sample-triage", "walkthrough"} <= set(names)
    asked = {"name": "registrant-hunt", "settings": {"domains": "harborlights.example"}}
    told = page.post("/playbooks/outlook", **asked)
    assert told["lines"][0]["inputs"] == 1
    assert page.get("/case")["graphs"] == []
    for _ in range(2):
        play = ended(page, page.post("/plays", **asked)["label"])
        assert play["fault"] == ""
        assert play["steps"][-1]["title"] == "Registrants with the most links"
    assert page.get("/playbooks/registrant-hunt/changes")["new"] == []
    assert {one["name"]: one for one in page.get("/playbooks")}["registrant-hunt"]["plays"] == 2


def test_what_was_done_by_hand_can_be_saved(page: Page) -> None:
    """A run becomes a playbook that reads; nothing to record is told."""
    status, _, _ = page.raw("GET", "/api/playbooks/recorded.yaml")
    assert status == 422
    page.post("/text", graph="main", text="http://a.example.org/x")
    url = page.ids("main", "url")
    page.post("/runs", graph="main", transform="local.url_to_host", entities=url)
    page.finished()
    status, _, body = page.raw("GET", "/api/playbooks/recorded.yaml?name=mine")
    assert status == 200
    assert read_playbook(body.decode(), name="mine").name == "mine"


def test_a_fault_of_a_play_is_told_and_the_rest_kept(page: Page) -> None:
    """A missing parameter is refused in words; an unknown playbook too."""
    play = ended(page, page.post("/plays", name="registrant-hunt")["label"])
    assert "domains is missing" in play["fault"]
    assert page.tried("/plays", name="nothing")[0] == 404
    assert page.post("/plays/none/stop")["label"] == ""


def test_next_pivots_and_communities_of_a_graph(page: Page) -> None:
    """Proposals with their entities and why; parts that hold every entity once."""
    page.post("/text", graph="main", text="harborlights.example\n192.0.2.10\n192.0.2.11")
    found = page.post("/pivots", graph="main")
    assert found[0]["score"] >= found[-1]["score"]
    assert all(one["ids"] and one["why"] for one in found)
    found = page.get("/graph/communities?graph=main")
    assert sorted(one["id"] for one in found["entities"]) == sorted(page.ids("main"))
    assert found["communities"] == len({one["community"] for one in found["entities"]}) == 3
