"""Declarations of entity types: how they are called within a sentence."""

from __future__ import annotations

import pytest

from clew.schema.entity_type import foreign_type
from clew.schema.registry import catalogue

TERMS = {
    "ip-address": "IP address", "url": "URL", "domain-name": "domain name",
    "email-address": "e-mail address", "autonomous-system": "autonomous system",
}  # fmt: skip


@pytest.mark.parametrize(("name", "term"), TERMS.items())
def test_abbreviations_keep_their_capitals(name: str, term: str) -> None:
    """Only words that have no capital inside are written small."""
    assert catalogue().entity_type(name).term == term


def test_every_type_has_a_term_that_reads_as_its_label() -> None:
    """Nothing but capitals differs, also for a type that a file brought."""
    for kind in (*catalogue().entity_types.values(), foreign_type("odd-thing")):
        assert kind.term.casefold() == kind.label.casefold()
