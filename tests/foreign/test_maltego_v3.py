"""A server of the vendor's own library that speaks version 3."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.engine.bounds import Bounds
from clew.engine.client import Client
from clew.engine.maltego.declarations import (
    ListedTransform,
    ServerDeclaration,
)
from clew.engine.maltego.discover import Discovery, discover
from clew.engine.maltego.server_client import ServerClient
from clew.engine.route import Route
from engine.maltego.desk import Desk
from foreign.asking import Project
from foreign.projects import V3, free_port, interpreter, serving, written


@pytest.fixture(scope="module")
def v3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    python = interpreter()
    folder = written(tmp_path_factory.mktemp("v3"), V3)
    port = free_port()
    with serving(
        [str(python), "project.py"], folder, port,
        MALTEGO_SERVER_HTTP_ADDR="127.0.0.1", MALTEGO_SERVER_HTTP_PORT=str(port),
    ):  # fmt: skip
        yield Project(python, folder, f"http://127.0.0.1:{port}")


@pytest.fixture(scope="module")
def server(v3: Project) -> ServerDeclaration:
    """The v3 project as a declared server that was asked what it has."""

    async def asked() -> Discovery:
        async with Client(Bounds()) as client:
            return await discover(ServerClient(client, v3.server("v3"), Route()))

    found = asyncio.run(asked())
    assert found.problems == []
    return v3.server("v3", offers=tuple(found.known))


def test_a_v3_server_tells_what_it_has(server: ServerDeclaration) -> None:
    """Discovery gives each transform with its address and its input type."""
    known = {one.name: one for one in server.offers}
    assert known.keys() == {
        f"example.vectors.{name}"
        for name in ("kitchen_sink", "greet_person", "many", "crash", "refused", "asks_back")
    }
    greet = known["example.vectors.greet_person"]
    assert greet == ListedTransform(
        greet.name, "Greet Person", server.url, ("maltego.Person",), ("maltego.Phrase",)
    )


def test_a_v3_run_enters_with_its_own_links(server: ServerDeclaration, tmp_path: Path) -> None:
    """Results that are linked with each other stay so, with labels and direction."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(server, "example.vectors.kitchen_sink"))
        assert (ended.done, ended.incomplete) == (1, ())
        assert ended.problems == ("example.org: Inform: half done",)
        said = "said of 192.0.2.10 é 中"
        assert desk.links() == {
            ("example.org", "related-to", "192.0.2.10"), (said, "related-to", "192.0.2.10")
        }  # fmt: skip
        (told,) = {one.provenance for one in desk.observations()}
        assert told.provider == "maltego-example"
        assert told.transform == "maltego-example.example.vectors.kitchen_sink"
        reply = desk.bench.case.store.reply(told.reply)
        assert reply is not None
        assert b"192.0.2.10" in reply.body
        desk.bench.undo()
        assert desk.links() == set()


def test_a_v3_run_of_many_pages_is_cut_at_the_limit(
    server: ServerDeclaration, tmp_path: Path
) -> None:
    """All pages are polled, the limit's worth is taken up, and how many there were is told."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(server, "example.vectors.many", limit=100))
        assert len(desk.links()) == 100
        assert "cut at 100 of 1200" in ended.incomplete[0]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("crash", "Unexpected exception while executing transform Crash"),
     ("refused", "upstream refused the key")],
)  # fmt: skip
def test_a_v3_run_that_fails_is_told(
    server: ServerDeclaration, tmp_path: Path, name: str, reason: str
) -> None:
    """The transform's own words are the reason; another entity's results enter."""
    with Desk(tmp_path, {"example.org": "domain-name", "good.example": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(server, f"example.vectors.{name}"))
        assert reason in "".join(ended.incomplete)
        links = {("good.example", "related-to", "good")} if name == "crash" else set()
        assert desk.links() == links


def test_a_v3_question_back_is_cancelled(server: ServerDeclaration, tmp_path: Path) -> None:
    """A transform that asks the user gets a cancellation at once, which is told."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(server, "example.vectors.asks_back"))
        assert any("Would you like to continue?" in line for line in ended.problems)
        assert {target for _, _, target in desk.links()} == {"answer CANCELLED"}


def test_a_v3_transform_takes_its_types_only(server: ServerDeclaration, tmp_path: Path) -> None:
    """What it does not take is held back with the types that it takes."""
    with Desk(tmp_path, {"example.org": "domain-name", "Ada Example": "person"}) as desk:
        plan = desk.plan(server, "example.vectors.greet_person")
        assert [str(one.value) for one in plan.skipped] == ["example.org"]
        desk.ask(plan)
        assert desk.links() == {
            ("Ada Example", "related-to", "Hi Ada Example, nice to meet you!")
        }  # fmt: skip
