"""The registry with what the user declared: found by id, read anew, and gone when removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.engine.maltego.declarations import (
    Declarations,
    ListedTransform,
    ProgramDeclaration,
    ServerDeclaration,
    declarations_path,
    save_declarations,
)
from clew.engine.maltego.registry import (
    DeclaredRegistry,
    declaration_of,
    transform_id,
    with_declarations,
    with_undeclared,
)
from clew.errors import UnknownName
from clew.schema.registry import catalogue
from clew.transform.registry import Registry

KINDS = catalogue()
LOCAL = ProgramDeclaration("hi", "Hi", "python3", enabled=True)
KNOWN = ListedTransform("acme.to", settings=("api_key",))
FAR = ServerDeclaration("far", "https://example.org", "tds", enabled=True, offers=(KNOWN,))
TRX = ServerDeclaration("team", "https://example.org", "trx", enabled=True)
V3 = ServerDeclaration("new", "https://example.org/seed", "v3", enabled=True)
OFF = ServerDeclaration("off", "https://example.org", "tds", offers=(KNOWN,))
ALL = Declarations((LOCAL,), (FAR, TRX, V3, OFF))


def test_what_is_enabled_is_listed() -> None:
    """Programs and told transforms are in the lists; disabled and untold ones are found by id."""
    registry = with_declarations(Registry(), ALL, KINDS)
    assert [*registry.transforms] == ["maltego-local.hi", "maltego-far.acme.to"]
    assert registry.providers.keys() == {
        "maltego-local", "maltego-far", "maltego-team", "maltego-new"
    }  # fmt: skip
    assert [key.name for key in registry.provider("maltego-far").keys] == ["key", "api-key"]
    for id_ in ("maltego-team.any.thing", "maltego-new.x", "maltego-off.acme.to"):
        assert registry.transform(id_).id == id_
    assert registry.transform("maltego-off.acme.to").provider.status == "disabled"
    for id_ in ("maltego-far.other", "maltego-off.other", "maltego-gone.x", "maltego-local.ho"):
        with pytest.raises(UnknownName):
            registry.transform(id_)


def test_names_of_users_are_ids() -> None:
    """A program by its name, a server's transform by both; what a list lacks is unknown."""
    assert transform_id(ALL, "hi") == "maltego-local.hi"
    assert transform_id(ALL, "far/acme.to") == "maltego-far.acme.to"
    assert transform_id(ALL, "new/any.thing") == "maltego-new.any.thing"
    assert declaration_of(ALL, "maltego-far.acme.to") == FAR
    assert declaration_of(ALL, "maltego-local.ho") is None
    for name in ("hi/x", "far", "far/other", "far/", "nothing", "new/"):
        with pytest.raises(UnknownName):
            transform_id(ALL, name)


def test_what_was_removed_can_still_be_read() -> None:
    """For replay alone, an id of Maltego's that is declared no more is a transform."""
    registry = with_undeclared(with_declarations(Registry(), Declarations(), KINDS), KINDS)
    assert registry.transform("maltego-far.acme.to").id == "maltego-far.acme.to"
    with pytest.raises(UnknownName):
        registry.transform("other.thing")


def test_the_file_is_read_when_it_changes(tmp_path: Path) -> None:
    """A declaration counts from when it is saved; a damaged file is a fault, and breaks nothing."""
    environment = {"CLEW_HOME": str(tmp_path)}
    registry = DeclaredRegistry(Registry(), environment, KINDS)
    assert registry.current.transforms == {}
    save_declarations(declarations_path(environment), Declarations((LOCAL,)))
    assert [*registry.current.transforms] == ["maltego-local.hi"]
    assert registry.current is registry.current
    declarations_path(environment).write_text("{")
    assert (registry.current.transforms, len(registry.current.faults)) == ({}, 1)
