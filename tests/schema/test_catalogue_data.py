"""The catalogue as data."""

import json

from clew.schema.catalogue_data import catalogue_data
from clew.schema.registry import catalogue
from clew.schema.roles import ROLES


def test_catalogue_is_json() -> None:
    """The data survive JSON unchanged and name every kind once, in order."""
    data = catalogue_data(catalogue())
    assert json.loads(json.dumps(data)) == data
    for section, kinds in (
        ("entity_types", catalogue().entity_types),
        ("link_types", catalogue().link_types),
        ("states", catalogue().states),
    ):
        listed = data[section]
        assert isinstance(listed, list)
        assert [each["name"] for each in listed] == list(kinds)


def test_roles_belong_to_types() -> None:
    """Every role is of a type that exists and is in the data."""
    assert {role.type for role in ROLES} <= set(catalogue().entity_types)
    assert len(catalogue_data(catalogue())["roles"]) == len(ROLES)  # type: ignore[arg-type]
