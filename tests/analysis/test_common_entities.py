"""What several graphs share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import observed, state_of
from clew.analysis.common_entities import common_entities
from clew.graph.view import view_of

pytestmark = pytest.mark.assurance("judgement")

GRAPHS = st.lists(
    st.sets(st.sampled_from("abcdef"), min_size=1, max_size=6), min_size=1, max_size=4
)


@given(GRAPHS, st.randoms())
def test_counts_are_those_of_sets_in_any_order(graphs: list[set[str]], chance: object) -> None:
    """Each entity's number of graphs, each pair's shared number; the order of graphs is nothing."""
    state = state_of(
        *(
            observed(*(f"{one}.example" for one in sorted(names)), graph=f"g{number}", at=number)
            for number, names in enumerate(graphs)
        )
    )
    views = [view_of(state, f"g{number}") for number in range(len(graphs))]
    common = common_entities(views)
    every = set().union(*graphs)
    values = [view_of(state).entity(row).value[0] for row in common.entities.tolist()]
    got = dict(zip(values, common.counts.tolist(), strict=True))
    assert got == {one: sum(one in names for names in graphs) for one in every}
    for a, one in enumerate(graphs):
        for b, other in enumerate(graphs):
            assert common.pairs[a, b] == len(one & other)
    assert sum(common.tally().values()) == len(every)
    back = common_entities(views[::-1])
    assert back.counts.tolist() == common.counts.tolist()
    assert (back.pairs == common.pairs[::-1, ::-1]).all()
    assert len(common.in_at_least(len(graphs))) == len(set.intersection(*graphs))


def test_what_one_lacks_though_it_holds_its_neighbour_is_told() -> None:
    """An address that two of three graphs hold, while the third holds a name that points to it."""
    line = "a.example -resolves-to-> 192.0.2.1"
    state = state_of(
        observed(line, graph="one", at=1),
        observed(line, graph="two", at=2),
        observed("a.example", "b.example", graph="three", at=3),
    )
    common = common_entities([view_of(state, name) for name in ("one", "two", "three")])
    (nearly,) = common.nearly
    assert (nearly.entity.value, nearly.missing) == ("192.0.2.1", "three")
    assert [one.value for one in nearly.via] == ["a.example"]
