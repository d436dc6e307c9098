"""What a playbook may say, and where its faults are."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.playbook.format import PlaybookFault, read_playbook
from clew.playbook.library import load_playbook, shipped_playbooks
from clew.transform.registry import load_registry

HEAD = "playbook: x\nsteps:\n"
ADD = "  - id: begin\n    add: {type: domain-name, value: a.example}\n    graph: g\n"


@pytest.mark.parametrize("name", shipped_playbooks())
def test_shipped_ones_read_and_name_transforms_that_exist(name: str) -> None:
    """Every transform step of every shipped playbook is in the registry."""
    found = load_playbook(name)
    registry = load_registry()
    assert found.title
    assert found.about
    asks = [step for step in found.every_step() if step.kind == "transform"]
    assert asks
    for step in asks:
        assert registry.transform(str(step.arguments))


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("playbook: x\nstepps: []\n", 2, 1, "'stepps' is no part"),
        (HEAD + "  - id: a\n    transfrom: x.y\n", 4, 5, "'transfrom' is no part of a step"),
        (HEAD + "  - id: a\n    select: {form: b}\n", 4, 14, "select has no 'form'"),
        (HEAD + ADD + ADD, 6, 5, "the id 'begin' is taken"),
        (HEAD + "  - id: A\n    count: g\n", 3, 5, "an id of small letters"),
        (HEAD + "  - id: a\n    count: g\n    merge: [a, b]\n", 3, 5, "a step says one of"),
        (
            HEAD + "  - id: a\n    repeat: {times: 99, steps: [{id: b, count: g}]}\n",
            4,
            13,
            "from 1",
        ),
        (HEAD + "  - id: a\n    repeat: {times: 2}\n", 4, 13, "has a list of steps"),
        ("playbook: x\nstop: {coins: 3}\nsteps:\n" + ADD, 2, 8, "stop has no 'coins'"),
        (HEAD + "  - id: a\n    add: {type: [\n", 5, 1, ""),
    ],
)
def test_a_fault_has_its_place_and_what_would_help(
    text: str, line: int, column: int, part: str
) -> None:
    """Line and column are those of the wrong word; what may stand there is told."""
    with pytest.raises(PlaybookFault) as caught:
        read_playbook(text, name="x.yaml")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert part in caught.value.what
    assert f"line {line}, column {column}" in str(caught.value)


@pytest.mark.assurance("code", "playbooks")
@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        (HEAD + ADD + "steps:\n  - id: a\n    count: g\n", 6, "'steps' is there twice"),
        (HEAD + ADD + "    add: {type: url}\n", 6, "'add' is there twice"),
        (HEAD + "  - id: a\n    add: {type: url, type: port}\n", 4, "'type' is there twice"),
        (HEAD + "  - id: a\n    !!binary YWRk: {type: url}\n", 4, "is no text"),
        (HEAD + "  - id: a\n    !!null add: {type: url}\n", 4, "is no text"),
        (HEAD + "  - id: a\n    ? [add]\n    : {type: url}\n", 4, "a single value"),
    ],
)
def test_what_is_looked_at_is_what_is_run(text: str, line: int, part: str) -> None:
    """A key that stands twice, or that only a tag makes a word, is refused with its line."""
    with pytest.raises(PlaybookFault, match=part) as caught:
        read_playbook(text, name="x.yaml")
    assert caught.value.line == line


def test_ids_inside_a_repeat_are_known_outside() -> None:
    """A step of a repeat takes its id from all others."""
    text = HEAD + ADD + "  - id: loop\n    repeat: {times: 2, steps: [{id: begin, count: g}]}\n"
    with pytest.raises(PlaybookFault, match="'begin' is taken"):
        read_playbook(text, name="x")
    text = HEAD + "  - id: loop\n    repeat: {times: 2, steps: [{id: in, count: g}]}\n"
    found = read_playbook(text + "  - id: after\n    count: g\n", name="x")
    assert [step.id for step in found.every_step()] == ["loop", "in", "after"]


@pytest.mark.parametrize("tagged", ["!!int x", "!!timestamp x", "!!bool x", "!!float x", "!!map x"])
def test_a_tag_that_does_not_fit_is_a_fault(tagged: str) -> None:
    """YAML's own types over a text that is none of them are refused as what is no YAML is."""
    with pytest.raises(PlaybookFault, match="x"):
        read_playbook(f"playbook: {tagged}\nsteps:\n{ADD}", name="x")


words = st.sampled_from(("add", "repeat", "count", "g", "id", "steps", "times", "type", "value"))
trees = st.recursive(
    words | st.none() | st.integers() | st.text(max_size=3),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(words, below, max_size=3),
    max_leaves=8,
)
PARTS = ("playbook", "title", "about", "parameters", "stop", "report", "steps")


@pytest.mark.parametrize("part", PARTS)
@given(tree=trees)
def test_any_part_is_read_or_a_fault(part: str, tree: object) -> None:
    """Whatever stands under a part of a playbook, it is of the shape that is said, or refused."""
    document = {"steps": [{"id": "n", "count": "g"}], part: tree}
    with suppress(PlaybookFault):
        found = read_playbook(json.dumps(document), name="x")
        assert [*found.every_step()]
        assert all(isinstance(one, Mapping) for one in (found.report, found.stop))


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.assurance("playbooks", "resources")
@pytest.mark.parametrize(
    ("text", "match"),
    [
        (BOMB, "line 1: anchors and aliases are not read"),
        ("playbook: a\nsteps: &s\n- {id: a, repeat: {steps: *s}}\n", "line 2: anchors"),
        ("playbook: " + "[" * 30 + "]" * 30, "nested deeper than 24 levels"),
        ("[" * 200_000, "nested deeper than 24 levels"),
    ],
)
def test_a_strangers_yaml_is_bounded(text: str, match: str) -> None:
    """What would grow without end is refused with its place, before anything is made of it."""
    with pytest.raises(PlaybookFault, match=match):
        read_playbook(text, name="x")


@pytest.mark.assurance("playbooks", "fuzzing")
def test_any_text_is_a_playbook_or_refused() -> None:
    """Shipped playbooks with bytes changed are read, or refused with words."""
    folder = Path(str(files("clew.playbook") / "library"))
    texts = [path.read_bytes() for path in sorted(folder.glob("*.yaml"))]
    chance = random.Random(1)
    for _ in range(150):
        data = bytearray(chance.choice(texts)[:3_000])
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = chance.choice(
                (b"", b"&a ", b"*a", b"[", b"{", b"- ", b"? ", b"!!int ", b"\x00", b"\xff", b": ")
            )
        with suppress(PlaybookFault):
            read_playbook(data.decode("utf-8", "replace"), name="x")
