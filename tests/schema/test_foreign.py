"""Types that a file brought."""

from __future__ import annotations

from clew.schema.registry import catalogue


def test_a_foreign_type_is_one_of_its_own() -> None:
    """A name that Clew does not declare is a type shown by its name; a known one is itself."""
    kinds = catalogue()
    foreign = kinds.kind("strange-thing")
    assert (foreign.name, foreign.label, foreign.plural) == (
        "strange-thing", "Strange thing", "Strange things",
    )  # fmt: skip
    assert foreign is kinds.kind("strange-thing")
    assert foreign.value.trusted("A") != kinds.kind("other-thing").value.trusted("A")
    assert kinds.kind("domain-name") is kinds.entity_types["domain-name"]
