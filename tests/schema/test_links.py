"""The built-in link types."""

import re

import pytest

from clew.schema.links import LINK_TYPES
from clew.schema.registry import catalogue


def test_link_types_are_complete_and_unique() -> None:
    """Every link type has its own name, both labels, and ends that exist."""
    assert len({link.name for link in LINK_TYPES}) == len(LINK_TYPES)
    for link in LINK_TYPES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", link.name)
        assert link.label
        assert link.inverse
        assert set(link.sources) | set(link.targets) <= set(catalogue().entity_types)


@pytest.mark.parametrize(
    "name", ["resolves-to", "hosted-on", "registered-by", "registered-through", "in-netblock"]
)
def test_infrastructure_that_strangers_share_is_marked(name: str) -> None:
    """Links to what unrelated parties share say so."""
    assert catalogue().link_type(name).shared


def test_only_same_as_joins_identities() -> None:
    """One link type says that both ends are one thing."""
    assert [link.name for link in LINK_TYPES if link.identity] == ["same-as"]
