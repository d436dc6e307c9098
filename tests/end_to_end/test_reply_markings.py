"""A marking in a reply marks what the reply brought, in whichever of its texts it stands."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clew.engine.budget import LookupMeter
from clew.engine.reply_marking import reply_marking
from clew.engine.run import Runner
from clew.engine.session import ProviderAnswer
from clew.graph.digest import state_digest
from clew.model.marking import TLP, UNMARKED, Marking
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.schema.registry import catalogue
from clew.schema.value import Value
from clew.transform.contract import Transform
from clew.transform.request import Request
from clew.workbench import Workbench
from clew.workbench.provider_plans import now_us
from end_to_end.test_listings import COUNTED, TRANSFORMS, Place, Saved, value_of
from end_to_end.test_money import INPUTS

pytestmark = pytest.mark.assurance("marks")
PLANTED = " TLP:RED"


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), now=lambda: datetime.now(UTC)) as found:
        yield found


def texts_of(answer: Any) -> Iterator[Place]:
    """Where each text of an answer stands."""
    left: list[tuple[Place, Any]] = [((), answer)]
    while left:
        place, value = left.pop()
        if isinstance(value, str):
            yield place
        elif isinstance(value, dict):
            left += (((*place, name), below) for name, below in value.items())
        elif isinstance(value, list):
            left += (((*place, number), below) for number, below in enumerate(value))


def planted(body: bytes, place: Place) -> bytes:
    """The body with the marking in one of its texts."""
    answer = json.loads(body)
    if not place:
        return json.dumps(answer + PLANTED).encode()
    around = answer
    for step in place[:-1]:
        around = around[step]
    around[place[-1]] += PLANTED
    return json.dumps(answer).encode()


def kind_of(place: Place) -> Place:
    """A place without the numbers of rows: rows of a listing are read alike."""
    return tuple(step for step in place if isinstance(step, str))


class Planted(Saved):
    """Replies of a replica, one of which is marked."""

    marked: tuple[str, Place] | None = None

    async def ask(
        self, request: Request, *, meter: LookupMeter, purchase: bool = False
    ) -> ProviderAnswer:
        name = request.fingerprint(self.client.base)
        if self.marked is None or self.marked[0] != name:
            return await super().ask(request, meter=meter, purchase=purchase)
        status, body = self.kept[name]
        self.kept[name] = status, planted(body, self.marked[1])
        try:
            return await super().ask(request, meter=meter, purchase=purchase)
        finally:
            self.kept[name] = status, body


def asked(server: ReplicaServer, transform: Transform) -> tuple[Planted, Value] | None:
    """A look-up that brings something, with its replies kept."""
    if transform.id in COUNTED:
        text, answer = COUNTED[transform.id]
        saved = Planted(server, transform)
        saved.keep(answer)
        value = next(filter(None, (value_of(text, kind) for kind in transform.accepts)))
        assert saved.look_up(transform, value).claims
        return saved, value
    for kind in transform.accepts:
        for text in INPUTS.get(kind.type.name, ()):
            value = catalogue().value(kind.type.name, text)
            saved = Planted(server, transform)
            narrow = transform.narrow
            if (narrow is None or narrow(value) == value) and saved.look_up(
                transform, value
            ).claims:
                return saved, value
    return None


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    environment = {"CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path), "CLEW_CONTACT_LIMIT": "4"}
    with Workbench.create(tmp_path / "case.clew", environment) as made:
        yield made


@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda one: one.id)
def test_nothing_leaves_of_a_marked_reply(
    transform: Transform, server: ReplicaServer, bench: Workbench
) -> None:
    """TLP:RED in any text of any reply: it is found; and what came of that reply stays."""
    found = asked(server, transform)
    if found is None:
        pytest.skip("no reply of it is at hand")
    saved, value = found
    bodies = {name: body for name, (status, body) in saved.kept.items() if status == 200}
    for body in bodies.values():
        assert reply_marking(body)[0] == UNMARKED
        for place in {kind_of(place): place for place in texts_of(json.loads(body))}.values():
            assert reply_marking(planted(body, place))[0] == Marking(TLP.RED), place
    name = next(name for name, body in bodies.items() if any(texts_of(json.loads(body))))
    saved.marked = name, next(texts_of(json.loads(bodies[name])))
    bench.add([value], graph="main", label="given")
    given = bench.view("main").entities.tolist()
    run = bench.start(bench.plan(transform.id, bench.view("main").entities, {}), graph="main")
    runner = Runner(bench.case, run, transform, saved, bench.catalogue, now_us)
    ended = asyncio.run(runner.work())
    assert ended.done == 1
    assert any("the reply says TLP:RED" in one for one in ended.problems)
    left = bench.shareable("main").view
    assert left.entities.tolist() == given
    assert len(left.links) == len(left.properties) == len(left.observations) == 0
    assert state_digest(bench.replay_state()) == state_digest(bench.state)
