"""What is offered: names that come back to their transform, types and settings."""

from __future__ import annotations

import pytest

from clew.errors import InvalidValue
from clew.interop.maltego.type_values import type_of
from clew.model.interval import Window
from clew.service.trx.catalogue import LIMIT, MORE_INPUTS, transform_catalogue, transform_settings
from clew.transform.registry import load_registry

REGISTRY = load_registry()
CATALOGUE = transform_catalogue(REGISTRY)
PDNS = REGISTRY.transform("passivetotal.name_to_addresses")


def test_every_name_leads_to_its_transform() -> None:
    """Each transform is found by its path in any case, by its command and by its id."""
    assert len(CATALOGUE.by_path) == len(REGISTRY.transforms)
    for id_, found in REGISTRY.transforms.items():
        assert CATALOGUE.at_path(id_.upper()) is found
        assert CATALOGUE.at_path(id_.replace(".", "-").replace("_", "-")) is found
        assert CATALOGUE.by_id[id_] is found
        assert CATALOGUE.by_command[id_.lower()] is found
    assert len({one.name.lower() for one in CATALOGUE.simple}) == len(CATALOGUE.simple)


def test_every_type_that_is_taken_is_offered() -> None:
    """For each type that a transform takes there is a row, and its type there is ours."""
    for found in REGISTRY.transforms.values():
        rows = [one for one in CATALOGUE.simple if CATALOGUE.by_command[one.name.lower()] is found]
        ours = {type_of(one.input_type) for one in rows}
        assert {kind.type.name for kind in found.accepts} <= ours
    for name_here, names in MORE_INPUTS.items():
        assert {type_of(name) for name in names} == {name_here}


@pytest.mark.parametrize(
    ("told", "parameters", "rows_max"),
    [
        ([], {"window": None}, None),
        ([("window", ""), (LIMIT, " ")], {"window": None}, None),
        ([("window", "2013"), ("global#api_key", "x"), (LIMIT, "5")],
         {"window": Window.parse("2013")}, 5),
        ([("window", "2013-01-01/2013-12-31")], {"window": Window.parse("2013")}, None),
    ],
)  # fmt: skip
def test_settings_mean_parameters(
    told: list[tuple[str, str]], parameters: dict[str, object], rows_max: int | None
) -> None:
    """Settings of this transform are checked, others and empty ones passed over."""
    found = transform_settings(PDNS, told)
    assert (found.parameters, found.rows_max) == (parameters, rows_max)


@pytest.mark.parametrize(
    "told", [("window", "Last 7 days"), (LIMIT, "0"), (LIMIT, "9" * 30), (LIMIT, "many")]
)
def test_a_setting_that_does_not_hold_is_refused(told: tuple[str, str]) -> None:
    """A setting whose value can't be what it names is refused, never passed over."""
    with pytest.raises(InvalidValue):
        transform_settings(PDNS, [told])
