"""What one observation is worth."""

from __future__ import annotations

import pytest

from builders import state_of
from clew.analysis.evidence import factors_of, observation_weights
from clew.analysis.observation_lineages import observation_lineages
from clew.graph.view import view_of
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.interval import Interval
from clew.model.provenance import Completeness, Extent, Provenance
from clew.schema.registry import catalogue

CATALOGUE = catalogue()


@pytest.mark.parametrize(
    ("first", "last", "detail", "extent", "weight"),
    [
        ("2013-01-01", "2013-02-01", None, Extent.COMPLETE, 0.7),
        ("2013-01", "2013-02-01", None, Extent.COMPLETE, 0.7 * 0.95),
        ("2013", "2013", None, Extent.COMPLETE, 0.7 * 0.9 * 0.9),
        ("", "", None, Extent.COMPLETE, 0.7 * 0.85 * 0.85),
        # What a cut run brought stands; only its silence says nothing.
        ("2013-01-01", "2013-02-01", None, Extent.CUT, 0.7),
        ("2013-01-01", "2013-02-01", '{"confidence":50}', Extent.COMPLETE, 0.35),
        ("2013-01-01", "2013-02-01", '{"confidence":"high"}', Extent.COMPLETE, 0.7),
        ("2013-01-01", "2013-02-01", '{"confidence":900}', Extent.COMPLETE, 0.7),
        ("2013-01-01", "2013-02-01", '{"confidence', Extent.COMPLETE, 0.7),
    ],
)
def test_factors_multiply_to_the_weight(
    first: str, last: str, detail: str | None, extent: Extent, weight: float
) -> None:
    """Precision, reading and completeness count alike in columns and line by line."""
    builder = BlockBuilder()
    name = builder.entity("domain-name", "a.example", 0)
    address = builder.entity("ip-address", "192.0.2.1", 0)
    seen = Interval.parse(first, last)
    builder.link(name, "resolves-to", address, 0, seen=seen, detail=detail)
    provenance = Provenance("circl", "t", "0" * 32, 0, completeness=Completeness(extent, 1))
    change = Change(Observe("main", (provenance,)), 0, "x", "x", block=builder.build())
    view = view_of(state_of(change), "main")
    weights = observation_weights(view, CATALOGUE, observation_lineages(view).confidence, None)
    product = 1.0
    factors = factors_of(view, 0, 0, (), CATALOGUE, None)
    for factor in factors:
        product *= factor.value
    assert product == pytest.approx(weight, abs=1e-5)
    assert float(weights[0]) == pytest.approx(weight, abs=1e-5)
    assert ("completeness" in [factor.name for factor in factors]) is (extent is Extent.CUT)
