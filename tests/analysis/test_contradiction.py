"""What two graphs say of one property that can't both be."""

from __future__ import annotations

from builders import state_of
from clew.analysis.overlap import overlap
from clew.graph.view import view_of
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.interval import Interval, IntervalOverlap
from clew.model.provenance import Provenance
from clew.schema.registry import catalogue


def test_a_contradiction_needs_the_same_time_and_no_common_value() -> None:
    """Both sides tell another value of one property in days that overlap."""

    def observed_properties(graph: str, at: int, *facts: tuple[str, str, str, str]) -> Change:
        builder = BlockBuilder()
        for address, name, value, when in facts:
            row = builder.entity("ip-address", address, 0)
            first, _, last = when.partition("..")
            builder.property(row, name, value, 0, seen=Interval.parse(first, last))
        provenance = (Provenance("made", "made.test", "0" * 32, 0),)
        return Change(Observe(graph, provenance), at, graph, graph, block=builder.build())

    state = state_of(
        observed_properties(
            "a", 0,
            ("192.0.2.1", "country", "US", "2013..2014"),
            ("192.0.2.2", "country", "US", "2013..2014"),
            ("192.0.2.3", "country", "US", "2013..2014"),
            ("192.0.2.4", "country", "US", "2013..2014"),
            ("192.0.2.4", "country", "FR", "2013..2014"),
        ),
        observed_properties(
            "b", 1,
            ("192.0.2.1", "country", "DE", "2014..2015"),
            ("192.0.2.2", "country", "DE", "2018..2019"),
            ("192.0.2.3", "country", "DE", ".."),
            ("192.0.2.4", "country", "FR", "2013..2014"),
        ),
    )  # fmt: skip
    found = [
        (each.entity.value, each.values_a, each.values_b, each.same_time)
        for each in overlap(view_of(state, "a"), view_of(state, "b"), catalogue()).contradictions
    ]
    assert found == [
        ("192.0.2.1", ("US",), ("DE",), IntervalOverlap.YES),
        ("192.0.2.3", ("US",), ("DE",), IntervalOverlap.UNKNOWN),
    ]
