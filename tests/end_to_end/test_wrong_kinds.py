"""What is not understood of a reply is told: any value of it may come as another kind of JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from clew.engine.perform import TaskResult
from clew.model.provenance import Extent
from clew.replicas.mischief import other_kinds
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.schema.registry import catalogue
from clew.schema.value import Value
from clew.transform.claim import LinkClaim
from clew.transform.registry import load_registry
from effort import times
from end_to_end.test_listings import COUNTED, TRANSFORMS, Place, Saved, value_of
from end_to_end.test_money import INPUTS

pytestmark = pytest.mark.assurance("whole-listings", "vendor-faults")
INPUTS_MAX = 40
"""Most values that are tried until one brings links."""
SWAPS_MAX = times(40, deep=20_000)
"""Most swaps of each transform."""


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), now=lambda: datetime.now(UTC)) as found:
        yield found


@pytest.mark.parametrize("asked", [one.id for one in TRANSFORMS])
def test_another_kind_in_a_reply_is_told(asked: str, server: ReplicaServer) -> None:
    """A value of another kind leaves all links in place, or the task says that it is not whole."""
    transform = load_registry().transform(asked)
    for kind in transform.accepts:
        for text in INPUTS.get(kind.type.name, ())[:INPUTS_MAX]:
            value = catalogue().value(kind.type.name, text)
            narrow = transform.narrow
            saved = Saved(server, transform)
            if (narrow is None or narrow(value) == value) and swap_each(saved, asked, value):
                break


@pytest.mark.parametrize("asked", COUNTED)
def test_another_kind_in_a_vendors_reply_is_told(asked: str, server: ReplicaServer) -> None:
    """The same of bodies as vendors send them; each has swaps that are missed."""
    transform = load_registry().transform(asked)
    text, answer = COUNTED[asked]
    kinds = [kind for kind in transform.accepts if kind.type.name in ("domain-name", "ip-address")]
    (value,) = [found for found in map(partial(value_of, text), kinds) if found is not None]
    saved = Saved(server, transform)
    saved.keep(answer)
    assert swap_each(saved, asked, value)


def swap_each(saved: Saved, asked: str, value: Value) -> int:
    """Swap values of each reply in turn; gives how often that took a link away."""
    transform = load_registry().transform(asked)
    whole = saved.look_up(transform, value)
    if whole.completeness.extent is not Extent.COMPLETE or not links(whole):
        return 0
    kept = dict(saved.kept)
    swaps = [
        (name, place, swap)
        for name, (status, body) in kept.items()
        if status == 200
        for place, old in places(json.loads(body))
        for swap in other_kinds(old)
    ]
    missed = 0
    for name, place, swap in random.Random(asked).sample(swaps, min(SWAPS_MAX, len(swaps))):
        answer = json.loads(kept[name][1])
        put(answer, place, deepcopy(swap))
        saved.kept = {**kept, name: (200, json.dumps(answer).encode())}
        other = saved.look_up(transform, value)
        if not links(other) >= links(whole):
            missed += 1
            assert other.completeness.extent is not Extent.COMPLETE, (value, place, swap)
            assert other.completeness.reason
    return missed


def links(result: TaskResult) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (claim.source, claim.link, claim.target)
        for claim, _ in result.claims
        if isinstance(claim, LinkClaim)
    )


def places(answer: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value below an answer's own object, with its place."""
    if at:
        yield at, answer
    if isinstance(answer, dict):
        for name, below in answer.items():
            yield from places(below, (*at, name))
    elif isinstance(answer, list):
        for number, below in enumerate(answer):
            yield from places(below, (*at, number))


def put(answer: Any, place: Place, value: object) -> None:
    for step in place[:-1]:
        answer = answer[step]
    answer[place[-1]] = value
