"""The catalogue of kinds."""

import pytest

from clew.errors import InvalidValue, UnknownName
from clew.schema.link_type import LinkType
from clew.schema.registry import catalogue
from clew.schema.types import DomainName


def test_catalogue_is_read_once() -> None:
    """One catalogue serves the process."""
    assert catalogue() is catalogue()


def test_value_is_made_by_the_name_of_its_type() -> None:
    """A type's name and a text give the canonical value."""
    assert catalogue().value("domain-name", "A.example") == DomainName("a.example")


@pytest.mark.parametrize("section", ["entity_type", "link_type", "state"])
def test_unknown_name_is_refused(section: str) -> None:
    """A name that nothing answers to is an error that says what kind of name it was."""
    with pytest.raises(UnknownName, match=section.replace("_", " ")):
        getattr(catalogue(), section)("no-such-kind")


def test_adding_leaves_the_catalogue_as_it_was() -> None:
    """With one kind more there is a new catalogue, and the old one is the same."""
    link = LinkType("paid-to", "paid to", "paid by")
    more = catalogue().with_kinds([link])
    assert more.link_type("paid-to") is link
    assert "paid-to" not in catalogue().link_types


def test_a_taken_name_is_refused() -> None:
    """Another declaration under a name that exists is refused, the same one is welcome."""
    known = catalogue().link_type("uses")
    assert catalogue().with_kinds([known]) == catalogue()
    with pytest.raises(InvalidValue, match="taken"):
        catalogue().with_kinds([LinkType("uses", "other", "other")])


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
