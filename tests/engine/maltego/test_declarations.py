"""What a user declares is kept whole, and what is damaged is told and left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.maltego.declarations import (
    Declarations,
    ListedTransform,
    ProgramDeclaration,
    ServerDeclaration,
    declarations_path,
    load_declarations,
    save_declarations,
)
from clew.errors import FileFault, InvalidValue, UnknownName
from clew.model.marking import PAP, TLP, Marking
from clew.transform.provider import Contact

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.from_regex(r"[a-z][a-z0-9._-]{0,9}", fullmatch=True)
MARKINGS = st.builds(Marking, st.sampled_from(TLP), st.sampled_from(PAP))
LOCALS = st.builds(
    ProgramDeclaration, NAMES, TEXTS.filter(bool), st.just("/bin/x"), TEXTS, TEXTS, TEXTS,
    st.lists(TEXTS, max_size=2).map(tuple), st.sampled_from(Contact), MARKINGS, st.booleans(),
)  # fmt: skip
KNOWN = st.lists(st.builds(ListedTransform, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple)
SERVERS = st.builds(
    ServerDeclaration, NAMES, st.just("https://example.org/seed"),
    st.sampled_from(["trx", "tds", "v3"]), st.sampled_from(Contact), MARKINGS, st.booleans(), KNOWN,
)  # fmt: skip
LOCAL = ProgramDeclaration("hi", "Hi", "python3", "hi.py", enabled=False)


@given(given_=st.lists(LOCALS | SERVERS, max_size=4, unique_by=lambda one: one.name))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, given_: list) -> None:  # type: ignore[type-arg]
    """Any declarations come back as they were, enabled or not."""
    path = tmp_path_factory.mktemp("home") / "maltego.json"
    declared = Declarations()
    for one in given_:
        declared = declared.with_one(one)
    save_declarations(path, declared)
    assert load_declarations(path) == declared
    assert path.stat().st_mode & 0o077 == 0
    assert [it.name for it in path.parent.iterdir()] == ["maltego.json"]


def test_nothing_is_declared_at_first(tmp_path: Path) -> None:
    """Without a file there is nothing, and the file is in the user's folder."""
    path = declarations_path({"CLEW_HOME": str(tmp_path / "home")})
    assert path == tmp_path / "home" / "maltego.json"
    assert load_declarations(path) == Declarations()


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"transforms": 1}', '{"more": []}', "\xff",
        '{"transforms": [{"name": "a"}]}',
        '{"transforms": [{"name": "a", "command": "x", "contact": 9}]}',
        '{"transforms": [{"name": "a/b", "command": "x", "contact": 0}]}',
        '{"transforms": [{"name": "a", "command": "x", "contact": 0, "ceiling": "TLP:PINK"}]}',
        '{"transforms": [{"name": "a", "command": "x", "contact": 0, "shell": true}]}',
        '{"servers": [{"name": "a", "url": "http://example.org", "protocol": "v3", "contact": 2}]}',
        '{"servers": [{"name": "a", "url": "https://a.b", "protocol": "v4", "contact": 2}]}',
        json.dumps({"transforms": [{"name": "a", "command": "x", "contact": 0}] * 2}),
    ],
)  # fmt: skip
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    """Neither reading nor saving loses what a person may want to repair."""
    path = tmp_path / "maltego.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(FileFault, match="damaged"):
        load_declarations(path)
    with pytest.raises(FileFault, match="damaged"):
        save_declarations(path, Declarations((LOCAL,)))
    assert path.read_bytes() == text.encode("latin-1")


def test_switching_and_removing() -> None:
    """A declaration is enabled, disabled and removed by its name, and the others stay."""
    other = ServerDeclaration("far", "https://example.org", "tds")
    both = Declarations().with_one(LOCAL).with_one(other)
    assert both.switched("hi", enabled=True).named("hi").enabled
    assert both.switched("hi", enabled=True).switched("hi", enabled=False) == both
    assert both.without("hi") == Declarations().with_one(other)
    with pytest.raises(UnknownName, match="far, hi"):
        both.named("nothing")
    with pytest.raises(InvalidValue, match="taken"):
        both.with_one(ProgramDeclaration("far", "Far", "x"))


@pytest.mark.parametrize(
    "one",
    [
        ProgramDeclaration("", "x", "x"), ProgramDeclaration("a/b", "x", "x"),
        ProgramDeclaration("a b", "x", "x"), ProgramDeclaration("a", "x", "  "),
        ProgramDeclaration("a", "x", "x\0y"), ServerDeclaration("a", "http://example.org/", "trx"),
        ServerDeclaration("a", "https://u:p@example.org/", "trx"),
        ServerDeclaration("a", "ftp://example.org/", "trx"),
        ServerDeclaration("a", "https://example.org/?a=b", "trx"),
        ServerDeclaration("a", "local", "trx"),
    ],
)  # fmt: skip
def test_what_can_not_be_used_is_not_declared(one: ProgramDeclaration | ServerDeclaration) -> None:
    """Odd names, empty commands, and servers without https are refused."""
    with pytest.raises(InvalidValue):
        Declarations().with_one(one)
