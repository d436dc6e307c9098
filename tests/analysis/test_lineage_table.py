"""The table of who shares a source with whom."""

from __future__ import annotations

from clew.analysis.lineage_table import ACTIVE, BY_LINK, CONFIDENCE, SAME, Kind, kind_of, plain
from clew.schema.registry import catalogue


def test_every_link_type_of_the_table_exists() -> None:
    """A renamed link type does not silently lose its kind."""
    assert set(BY_LINK) <= set(catalogue().link_types)


def test_every_kind_is_believed_to_some_degree() -> None:
    """No kind is left out, and none is beyond doubt."""
    assert set(CONFIDENCE) == set(Kind)
    assert all(0 < confidence < 1 for confidence in CONFIDENCE.values())


def test_names_of_one_collector_lead_to_one_name() -> None:
    """Following a name once is enough, and names are written as they are looked up."""
    assert all(SAME.get(name, name) == name for name in SAME.values())
    assert all(plain(name) == name for name in SAME)


def test_questions_to_the_public_dns_are_another_kind() -> None:
    """An active resolver's answer is not a sensor's sighting."""
    assert {kind_of(name, "resolves-to") for name in ACTIVE} == {Kind.ACTIVE_DNS}
    assert kind_of("circl", "resolves-to") is Kind.PASSIVE_DNS
    assert kind_of("validin", "names") is Kind.CERTIFICATE_LOG
