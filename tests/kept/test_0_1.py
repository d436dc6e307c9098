"""What version 0.1 wrote, and how it was called, works unchanged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from clew.cli.app import app
from clew.playbook.format import read_playbook
from clew.playbook.run import run_playbook
from clew.workbench import Workbench
from cli.command import Clew
from service.page import served

KEPT = Path(__file__).parent / "0.1"
CALLS: list[dict[str, Any]] = json.loads((KEPT / "cli.json").read_text("utf-8"))
FILES = {"K": "K.clew", "C": "in.csv", "T": "t.txt", "N": "new.clew", "MISSING": "missing.clew"}
MENDED = {
    ("explain", "brought"), ("explain", "links"), ("explain", "scores"),
}  # fmt: skip
"""Lists that are shorter now: a look-up that was made twice doubled its facts at 0.1."""


def kept(name: str) -> Any:
    """One of the files that are JSON."""
    return json.loads((KEPT / name).read_text("utf-8"))


@pytest.fixture
def clew(tmp_path: Path) -> Clew:
    """The command line in a folder with the files of version 0.1."""
    shutil.copy(KEPT / "tendrit.clew", tmp_path / "K.clew")
    shutil.copy(KEPT / "in.csv", tmp_path / "in.csv")
    (tmp_path / "t.txt").write_text("see hxxp://a.example[.]org/x and 192.0.2[.]9\n", "utf-8")
    return Clew(tmp_path, {"CLEW_KEYRING": "no"})


def faults(old: Any, new: Any, where: str, *, values: bool) -> list[str]:
    """What of an old JSON value is missing in a new one, or is of another type or value."""
    if isinstance(old, dict):
        if not isinstance(new, dict):
            return [f"{where} is no object"]
        gone = [f"{where}.{name} is gone" for name in old if name not in new]
        inner = (
            faults(old[name], new[name], f"{where}.{name}", values=values)
            for name in old
            if name in new
        )
        return gone + [one for found in inner for one in found]
    if isinstance(old, list):
        if not isinstance(new, list):
            return [f"{where} is no list"]
        if not values or tuple(where.split(".")[:2]) in MENDED:
            # Keys of the first row stand for all: what is listed may have changed.
            return faults(old[0], new[0], f"{where}[0]", values=False) if old and new else []
        if len(old) != len(new):
            return [f"{where} has {len(new)} members, and had {len(old)}"]
        pairs = enumerate(zip(old, new, strict=True))
        found = (faults(a, b, f"{where}[{at}]", values=values) for at, (a, b) in pairs)
        return [one for each in found for one in each]
    if not values:
        return []
    if isinstance(old, float) and isinstance(new, float | int):
        return [] if abs(old - new) < 1e-3 else [f"{where} is {new}, and was {old}"]
    return [] if old == new else [f"{where} is {new!r}, and was {old!r}"]


@pytest.mark.parametrize("call", CALLS, ids=[" ".join(one["args"]) for one in CALLS])
def test_a_call_gives_what_it_gave(clew: Clew, call: dict[str, Any]) -> None:
    """The exit code is the same, and the JSON has all that it had."""
    words = [FILES.get(word, word) for word in call["args"]]
    ended = clew(*words, code=call["code"])
    if call["json"] is not None:
        assert faults(call["json"], ended.json, words[0], values=call["values"]) == []


def test_every_verb_and_flag_is_there() -> None:
    """Each verb of 0.1 takes each option that it took."""
    root: Any = get_command(app)
    for words, options in kept("flags.json").items():
        verb = root
        for word in words.split():
            verb = verb.commands[word]
        known = {one for parameter in verb.params for one in parameter.opts}
        assert set(options) <= known, words


def test_every_path_is_there(tmp_path: Path) -> None:
    """Each path of 0.1 is served by the same method, described or not."""
    with served(None, {"CLEW_KEYRING": "no"}, folder=tmp_path) as page:
        for call in kept("paths.json"):
            method, path = call.split()
            filled = path.replace("{entity}", "0" * 32).replace("{", "").replace("}", "")
            status, _, body = page.raw(method, filled, b"{}" if method == "POST" else None)
            assert status != 405, call
            assert status != 404 or b"Not Found" not in body, call


def test_a_playbook_plays_as_it_did(tmp_path: Path) -> None:
    """Each kind of step gives what it gave."""
    shutil.copy(KEPT / "tendrit.clew", tmp_path / "K.clew")
    text = (KEPT / "playbook.yaml").read_text("utf-8")
    settings = {"CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
    with Workbench.open(tmp_path / "K.clew", settings) as bench:
        done = run_playbook(read_playbook(text, name="kept"), {}, bench, answers={"answer": "yes"})
    old, new = kept("playbook.json"), json.loads(json.dumps(done.as_data()))
    assert faults(old, new, "playbook", values=True) == []
