"""The rules of the house, held over the whole package; and each rule can fail."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from architecture.layers import (
    circle_faults,
    layer_faults,
    owner_faults,
    unused_permissions,
    upward_permissions,
)
from architecture.licences import Licensed, licence_faults, runtime_closure
from architecture.locks import lock_faults, wanted_by_lock
from architecture.mirrors import OF_A_ROOM, stray_tests
from architecture.names import (
    duplicate_faults,
    glossary_words,
    participle_faults,
    vague_faults,
)
from architecture.purity import purity_faults
from architecture.room_coverage import covered_share
from architecture.shape import docstring_faults, size_faults, word_faults
from architecture.source import ROOT, clew, source
from architecture.traces import trace_faults, written_texts

HEAVY = ("polars", "numpy", "scipy", "aiohttp", "apsw", "cryptography", "rustworkx", "rich")
GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"


def paths() -> set[str]:
    return {file.path for file in clew()}


def mirrored() -> set[str]:
    folder = ROOT / "tests"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("test_*.py")}


@pytest.mark.assurance("imports-without-sockets")
def test_imports_go_down() -> None:
    """No room imports one beside or above it, and each outside library has its owner."""
    assert layer_faults(clew()) == []
    assert owner_faults(clew()) == []
    assert unused_permissions(clew()) == []
    assert upward_permissions() == []
    assert circle_faults(clew()) == []


@pytest.mark.assurance("imports-without-sockets")
def test_pure_rooms_are_pure() -> None:
    """Schema, model, graph, analysis and layout reach no file, socket or clock."""
    assert purity_faults(clew()) == []


def test_files_are_short_and_documented() -> None:
    """Each file has one subject, and says what it and its public things are."""
    texts = {file.path: (ROOT / "src" / "clew" / file.path).read_text() for file in clew()}
    assert size_faults(texts) == []
    assert docstring_faults(clew()) == []
    assert word_faults(clew()) == []


def test_names_are_nouns_and_stand_once() -> None:
    """No class is named by a bare participle or twice, and no value by a vague word."""
    assert duplicate_faults(clew()) == []
    assert participle_faults(clew(), glossary_words(GLOSSARY.read_text("utf-8"))) == []
    assert vague_faults(clew()) == []


def test_tests_mirror_the_source() -> None:
    """Each test stands where the file, or the room, is that it is about."""
    assert stray_tests(mirrored(), paths(), OF_A_ROOM) == []


def test_nothing_names_one_machine() -> None:
    """No text names a folder of one machine or a registry's host."""
    assert trace_faults(dict(written_texts(ROOT))) == []


@pytest.mark.assurance("supply")
def test_dependencies_are_locked() -> None:
    """Each set of dependencies is locked with hashes, fits the project file, and names no index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for name, wanted in wanted_by_lock(project).items():
        lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        assert lock_faults(lock, wanted) == [], name


@pytest.mark.assurance("supply")
def test_no_copyleft_is_linked() -> None:
    """No runtime dependency is under the GPL or AGPL."""
    assert licence_faults(runtime_closure("clew")) == []


def test_starting_is_light() -> None:
    """``clew --help`` imports no heavy library."""
    code = "import clew.cli.app, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (layer_faults, "graph/x.py", "import clew.engine.run"),
        (layer_faults, "providers/a/x.py", "import clew.providers.b"),
        (owner_faults, "cli/x.py", "import aiohttp"),
        (purity_faults, "graph/x.py", "import socket"),
        (purity_faults, "analysis/x.py", "from datetime import datetime\ndatetime.now()"),
        (docstring_faults, "graph/x.py", "def f(): ..."),
        (word_faults, "graph/utils.py", ""),
        (word_faults, "graph/x.py", '"""A node."""'),
    ],
)
def test_each_rule_can_fail(check: object, path: str, text: str) -> None:
    """A file that breaks a rule is found."""
    assert callable(check)
    assert check([source(path, text)])


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Chosen", True), ("Parted", True), ("Studied", True), ("Kept", True), ("Hearing", True),
        ("Carried", True), ("Marking", False), ("Mappings", False), ("Feed", False),
        ("Thing", False), ("Token", False), ("RunEnded", False), ("PruneRules", False),
    ],
)  # fmt: skip
def test_a_participle_is_known_from_a_noun(name: str, fault: bool) -> None:
    """A word in -ing is a noun where the glossary explains it; other participles never are."""
    file = source("graph/x.py", f"class {name}: ...")
    glossary = glossary_words("- **Marking**: who may see it.\n- **Mapping**, or **columns**: x.")
    assert bool(participle_faults([file], glossary)) is fault
    if name[1:].islower():
        function = source("graph/x.py", f"def {name.lower()}() -> None: ...")
        assert bool(participle_faults([function], glossary)) is fault


def test_a_file_that_is_called_by_a_participle_is_found() -> None:
    """A file is called by what is in it."""
    assert participle_faults([source("graph/shown.py", "")], frozenset())
    assert not participle_faults([source("graph/polling.py", "")], frozenset())


def test_a_name_that_stands_twice_is_found() -> None:
    """Public classes only: a private one is its file's own."""
    files = [source(f"graph/{at}.py", "class Step: ...\nclass _Part: ...") for at in ("a", "b")]
    assert duplicate_faults(files) == ["Step is a class of graph/a.py, graph/b.py"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("told = 1", True), ("def f(given): ...", True), ("def _said(): ...", True),
        ("for kept in x: ...", True), ("def f():\n    held: int = 1", True),
        ("row = 1", False), ("class A:\n    brought: int", False), ("one.kept = 1", False),
    ],
)  # fmt: skip
def test_a_vague_name_is_found(text: str, fault: bool) -> None:
    """What a value is called tells what it is; keys of a file or an answer stay as they are."""
    assert bool(vague_faults([source("graph/x.py", text)])) is fault


def test_the_other_rules_can_fail() -> None:
    """Long files, unlocked dependencies and copyleft are found."""
    ring = [
        source("graph/a.py", "import clew.graph.b"),
        source("graph/b.py", "import clew.graph.a"),
    ]
    assert circle_faults(ring)
    assert unused_permissions([])
    assert size_faults({"a.py": "\n" * 400})
    assert lock_faults("a==1 \\\n    --hash=sha256:0", ["A>=1"]) == []
    for lock in ("a==1", "a==1 --hash=sha256:0", "-i x\na==2 --hash=sha256:0", ""):
        assert lock_faults(lock, ["a>=2"])
    assert licence_faults([Licensed("x", "GPL-3.0-only", ())])


@pytest.mark.parametrize(
    ("test", "listed", "stray"),
    [
        ("graph/test_x.py", (), False),
        ("analysis/test_graph.py", (), True),
        ("graph/test_y.py", (), True),
        ("graph/test_y.py", ("graph/test_y.py",), False),
        ("graph/test_x.py", ("graph/test_x.py",), True),
        ("lost/test_y.py", ("lost/test_y.py",), True),
        ("graph/test_x.py", ("graph/test_gone.py",), True),
        ("end_to_end/test_y.py", (), False),
    ],
)
def test_a_stray_test_is_found(test: str, listed: tuple[str, ...], stray: bool) -> None:
    """A test has its file, or is listed as one of a whole room that is there; the list is true."""
    assert bool(stray_tests({test}, {"graph/x.py"}, listed)) is stray


TEXT = """\
import os
def run(a):
    if a:
        return os
    return a
"""


@pytest.mark.parametrize(
    ("rooms", "share"),
    [
        ({}, 0.0),
        ({1: ["cli"], 2: ["cli"]}, 0.4),
        ({1: ["cli"], 2: ["cli"], 3: ["cli"], 5: ["cli"]}, 0.4),
        ({1: ["cli"], 2: ["cli"], 3: ["cli", "graph"], 5: ["graph"]}, 0.8),
    ],
)
def test_a_room_s_own_tests_cover_its_files(rooms: dict[int, list[str]], share: float) -> None:
    """What an import runs counts for each room; a function's lines for the room that ran them."""
    assert covered_share("graph", TEXT, [1, 2, 3, 4, 5], rooms) == pytest.approx(share)
