"""Plans of Maltego's transforms in Maltego's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.engine.maltego.declarations import (
    Declarations,
    ListedTransform,
    ProgramDeclaration,
    ServerDeclaration,
)
from clew.engine.maltego.targets import (
    MaltegoTarget,
    handed_over,
    target_of,
    targets_of,
    things_of,
)
from clew.errors import UnknownName
from clew.transform.provider import Contact
from engine.maltego.desk import Desk

LOCAL = ProgramDeclaration(
    "hi", "Hi", "python3", input_type="maltego.Website", contact=Contact.LOCAL, enabled=True
)
KNOWN = ListedTransform("acme.to", "To", "", ("maltego.Person",), ("maltego.Phrase",))
FAR = ServerDeclaration("far", "https://example.org", "tds", Contact.THIRD_PARTY, offers=(KNOWN,))
DECLARED = Declarations((LOCAL,), (FAR,))


def test_a_target_has_the_names_of_its_declaration() -> None:
    """Name, label and types are those that a user saw."""
    far = target_of(DECLARED, "maltego-far.acme.to")
    assert far == MaltegoTarget(FAR, KNOWN)
    assert (far.name, far.label, far.input_types) == ("far/acme.to", "To", ("maltego.Person",))
    local = target_of(DECLARED, "maltego-local.hi")
    assert (local.name, local.label, local.input_types) == ("hi", "Hi", ("maltego.Website",))
    assert [one.name for one in targets_of(FAR)] == ["far/acme.to"]
    assert far.output_types == ("maltego.Phrase",)
    with pytest.raises(UnknownName):
        target_of(DECLARED, "maltego-gone.x")


def test_what_is_handed_over_is_told(tmp_path: Path) -> None:
    """Kinds, properties and the receiver, and what each entity is sent as."""
    with Desk(tmp_path, {"example.org": "domain-name", "Ada": "person"}) as desk:
        made = desk.plan(LOCAL)
        target = MaltegoTarget(LOCAL)
        assert handed_over(made, target) == (
            "1 entity (domain-name) with 0 properties to the program python3"
        )
        assert [one.type for one in things_of(made, target, desk.bench.catalogue)] == [
            "maltego.Website"
        ]
        made = desk.plan(FAR, "acme.to")
        assert handed_over(made, MaltegoTarget(FAR, KNOWN)) == (
            "1 entity (person) with 0 properties to https://example.org"
        )
