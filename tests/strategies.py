"""Hypothesis strategies: logs of observations and decisions."""

from __future__ import annotations

from hypothesis import strategies as st

from builders import decided, observed
from clew.model.change import (
    AddToGraph,
    Change,
    EntityMerge,
    EntitySplit,
    GraphMerge,
    Hide,
    Label,
    Note,
    PlaybookRun,
    Remove,
    SharingTerms,
    TimeWindow,
)
from clew.schema.value import entity_id

NAMES = tuple(f"{letter}.example" for letter in "abcdef")
ADDRESSES = tuple(f"192.0.2.{number}" for number in range(1, 6))
GRAPHS = ("a", "b", "c")

lines = st.builds(
    "{} -resolves-to-> {} @201{}-01-01..{}".format,
    st.sampled_from(NAMES),
    st.sampled_from(ADDRESSES),
    st.integers(0, 5),
    st.sampled_from(("2016-01-01", "open", "")),
)
states = st.builds(
    "{} is {} @201{}-01-01..{}".format,
    st.one_of(st.sampled_from(NAMES), st.sampled_from(ADDRESSES)),
    st.sampled_from(("sinkhole", "parked")),
    st.integers(0, 5),
    st.sampled_from(("2016-01-01", "open", "")),
)
ids = st.lists(
    st.one_of(
        st.sampled_from(NAMES).map(lambda name: entity_id("domain-name", name)),
        st.sampled_from(ADDRESSES).map(lambda value: entity_id("ip-address", value)),
    ),
    min_size=1,
    max_size=3,
).map(b"".join)
one_id = st.sampled_from(NAMES).map(lambda name: entity_id("domain-name", name))
graphs = st.sampled_from(GRAPHS)
decisions = st.one_of(
    st.builds(AddToGraph, graphs, ids),
    st.builds(Remove, graphs, ids),
    st.builds(GraphMerge, graphs, st.lists(graphs, max_size=2).map(tuple)),
    st.builds(EntityMerge, one_id, ids),
    st.builds(EntitySplit, ids),
    st.builds(Hide, graphs, ids, st.booleans()),
    st.builds(Label, st.sampled_from(("tag", "star", "pin", "seed")), ids, st.just("x")),
    st.builds(Note, st.just("n"), one_id),
    st.builds(TimeWindow, st.just("2013")),
    st.builds(SharingTerms, st.integers(0, 4), st.integers(0, 5), st.integers(0, 4)),
    st.builds(
        PlaybookRun, st.sampled_from(("walkthrough", "triage")), st.just("{}"), st.integers(0, 9)
    ),
)


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    """A log of up to eight actions over a few entities in three graphs."""
    made: list[Change] = []
    for at in range(draw(st.integers(0, 8))):
        if draw(st.booleans()):
            observed_lines = draw(st.lists(st.one_of(lines, states), min_size=1, max_size=4))
            made.append(observed(*observed_lines, graph=draw(graphs), action=f"act{at}", at=at))
        else:
            made.append(decided(draw(decisions), action=f"act{at}", at=at))
    return made
