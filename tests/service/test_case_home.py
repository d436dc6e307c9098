"""A page hears what any other process writes to the open file, and the other way round."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import pytest

from builders import observed
from clew.store.investigation import Investigation
from service.page import Page, served

pytestmark = pytest.mark.assurance("home", "two-writers")
QUIET = {"CLEW_KEYRING": "no"}
HEARD_S = 0.2
"""Within what a page hears of an entry of another process."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.clew"


@pytest.fixture
def page(file: Path) -> Iterator[Page]:
    with served(file, QUIET) as found:
        found.post("/text", graph="main", text="a.example.org")
        yield found


def clew(file: Path, *words: str, text: str = "") -> Any:
    """What a command of another process prints as JSON."""
    environment = {**os.environ, **QUIET, "CLEW_HOME": str(file.parent / "other")}
    done = subprocess.run(
        [sys.executable, "-m", "clew.cli.app", words[0], str(file), *words[1:], "--json"],
        input=text, env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return json.loads(done.stdout)


async def heard(page: Page, act: Any) -> list[float]:
    """After how many seconds from each entry of an act the page hears of it."""
    told = {"Origin": page.origin, "Cookie": page.cookie}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{page.origin}/api/stream", headers=told) as stream,
    ):
        first = (await stream.receive_json(timeout=30))["seq"]
        at = await asyncio.to_thread(act)
        for _ in range(100):
            event = await stream.receive_json(timeout=30)
            if event["kind"] == "changed" and event["seq"] > first:
                return [monotonic() - one for one in at]
    raise AssertionError("the page hears nothing")


def test_command_line_and_page_see_each_other(page: Page, file: Path) -> None:
    """While the page is open the CLI adds to its file; each sees what the other did, in order."""

    def act() -> list[float]:
        clew(file, "add", text="b.example.org")
        return [monotonic()]

    asyncio.run(heard(page, act))
    assert len(page.ids("main")) == 2
    page.post("/text", graph="main", text="c.example.org")
    found = clew(file, "about", "c.example.org")
    assert found["value"] == "c.example.org"
    steps = [one["seq"] for one in page.get("/history")]
    assert steps == list(range(2, page.get("/case")["seq"] + 1))


def test_an_entry_is_heard_of_within_its_time(page: Page, file: Path) -> None:
    """Of several entries that another opening of the file writes one at least comes in time."""

    def act() -> list[float]:
        with Investigation.open(file) as case:
            case.append([observed("d.example.org")])
            return [monotonic()]

    # The machine may be busy: a page that looks too seldom is late each time.
    assert min(asyncio.run(heard(page, act))[0] for _ in range(5)) < HEARD_S


def test_a_command_of_the_page_comes_after_what_it_had_not_seen(page: Page, file: Path) -> None:
    """A change that meets another's entry is made after it, and both stay."""
    for number in range(10):
        with Investigation.open(file) as case:
            case.append([observed(f"e{number}.example.org")])
        page.post("/commands/note", text=f"note {number}")
    assert len(page.get("/notes")) == 10
    # The first entry, the page's text, and ten of each.
    assert page.get("/case")["seq"] == 22


def test_a_file_that_goes_is_told_and_told_no_more_when_it_is_back(page: Page, file: Path) -> None:
    """The page hears of a file that was moved away, without a change that it tries."""

    def move() -> list[float]:
        file.rename(file.with_name("away.clew"))
        return []

    async def notices() -> list[str]:
        told = {"Origin": page.origin, "Cookie": page.cookie}
        found = []
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{page.origin}/api/stream", headers=told) as stream,
        ):
            for act in (move, lambda: file.with_name("away.clew").rename(file)):
                await asyncio.to_thread(act)
                while (await stream.receive_json(timeout=30)).get("seq") != -1:
                    continue
                found.append((await asyncio.to_thread(page.get, "/case"))["notice"])
        return found

    gone, back = asyncio.run(notices())
    assert "was moved, deleted or replaced" in gone
    assert back == ""


def test_a_history_that_is_not_what_was_seen_is_told(tmp_path: Path) -> None:
    """A file that lost its end since it was open here says so in the page."""
    file = tmp_path / "a.clew"
    kept = tmp_path / "kept"
    with served(file, QUIET) as page:
        page.post("/text", graph="main", text="a.example.org")
        assert page.get("/case")["notice"] == ""
    kept.write_bytes(file.read_bytes())
    with served(file, QUIET) as page:
        page.post("/text", graph="main", text="b.example.org")
    file.write_bytes(kept.read_bytes())
    with served(file, QUIET) as page:
        assert "is older than what was seen here" in page.get("/case")["notice"]


def test_a_repeated_command_of_a_page_is_done_once(page: Page) -> None:
    """By header or by a field of its body, an id brings the first answer again."""
    seq = page.get("/case")["seq"]
    header = {"clew-command-id": "one"}
    answers = [
        page.raw("POST", "/api/commands/note", b'{"text": "once"}', **header) for _ in range(2)
    ]
    assert answers[0][2] == answers[1][2]
    page.post("/commands/note", text="once", command_id="one")
    page.post("/note", text="once", command_id="one")
    assert page.get("/case")["seq"] == seq + 1
    assert page.tried("/commands/note", text="other", command_id="one")[0] == 422
