"""A look-up that is made again says nothing twice; the log keeps both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builders import append, decided, observed, state_of, undo
from clew.graph.snapshot import from_pieces, to_pieces
from clew.graph.view import link_observation, view_of
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, GraphMerge

A = "a.example"
LINK = "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by dnsdb from x,y"
LATER = "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-03-01 by dnsdb from x,y"
STATE = "192.0.2.1 is sinkhole @2014-01-01..2014-02-01 by dnsdb"


def lookup(
    *lines: str, run: str, graph: str = "main", about: str = A, reply: str = "", at: int = 0
) -> Change:
    """What one run of a look-up brought."""
    return observed(*lines, graph=graph, run=run, about=about, reply=reply, at=at)


def runs_of(state: WorkingSet, graph: str | None = "main") -> list[str]:
    """The run of each link observation that stands."""
    view = view_of(state, graph)
    return [link_observation(state, row).provenance.run for row in view.observations.tolist()]


def test_the_same_look_up_again_says_nothing_twice() -> None:
    """There are as many observations and properties as after the first run, of the latest."""
    once = state_of(lookup(LINK, STATE, run="one"))
    twice = state_of(lookup(LINK, STATE, run="one"), lookup(LINK, STATE, run="two", at=1))
    assert runs_of(twice) == ["two"]
    assert len(twice.link_observations) == 2
    assert len(view_of(twice, "main").properties) == len(view_of(once, "main").properties) == 1


def test_undoing_the_second_run_brings_the_first_back() -> None:
    """Of the runs that count the latest stands."""
    state = state_of(lookup(LINK, run="one"), lookup(LINK, run="two", at=1))
    undo(state)
    assert runs_of(state) == ["one"]


def test_what_differs_stands_beside() -> None:
    """Other dates, another collector, another input or another provider is another observation."""
    others = (
        lookup(LATER, run="two", at=1),
        lookup(LINK.replace("x,y", "x"), run="two", at=1),
        lookup(LINK, run="two", at=1, about="192.0.2.1"),
        lookup(LINK.replace("dnsdb", "circl"), run="two", at=1),
    )
    for other in others:
        assert runs_of(state_of(lookup(LINK, run="one"), other)) == ["one", "two"]
    values = [f"a.example is {name} @2014-01-01..2014-02-01 by dnsdb" for name in ("parked", "cdn")]
    state = state_of(lookup(values[0], run="one"), lookup(values[1], run="two", at=1))
    assert len(view_of(state, "main").properties) == 2


def test_within_a_run_nothing_is_a_repetition() -> None:
    """What one reply says twice stays twice, also when the look-up is made again."""
    state = state_of(lookup(LINK, LINK, LATER, run="one"))
    assert len(runs_of(state)) == 3
    append(state, lookup(LINK, LINK, run="two", at=1))
    assert runs_of(state) == ["one", "two", "two"]


def test_what_people_say_is_no_look_up() -> None:
    """Two persons who draw the same link are two observations; a file read again is one."""
    said = "a.example -resolves-to-> 192.0.2.1 by analyst"
    state = state_of(observed(said, run="one"), observed(said, run="two", at=1))
    assert runs_of(state) == ["one", "two"]
    read = [observed(LINK, run=run, reply="ab", at=at) for at, run in enumerate(("one", "two"))]
    assert runs_of(state_of(*read)) == ["two"]
    assert len(runs_of(state_of(*read, observed(LINK, run="three", reply="cd", at=3)))) == 2


def test_each_graph_keeps_its_own_look_up() -> None:
    """A look-up made for two graphs stands in each as its own, and once in all of it."""
    state = state_of(
        lookup(LINK, STATE, run="one", graph="a"),
        lookup(LINK, STATE, run="two", graph="b", at=1),
        decided(GraphMerge("both", ("a", "b")), at=2),
    )
    assert [runs_of(state, graph) for graph in ("a", "b", "both", None)] == [
        ["one"], ["two"], ["two"], ["two"],
    ]  # fmt: skip
    assert [len(view_of(state, graph).properties) for graph in ("a", "b", None)] == [1, 1, 1]


def test_a_snapshot_knows_look_ups() -> None:
    """A state that was put away and taken up again takes the next run as a repetition."""
    state = from_pieces(to_pieces(state_of(lookup(LINK, run="one"))))
    assert state is not None
    append(state, lookup(LINK, run="two", at=1))
    assert runs_of(state) == ["two"]


LINES = st.sampled_from(
    [
        f"{A} -resolves-to-> 192.0.2.{end} @2013-01-01..2013-0{month}-01 by dnsdb"
        for end in (1, 2)
        for month in (2, 3)
    ]
)


@given(st.lists(st.lists(LINES, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_stands_is_what_the_latest_run_says_of_each(runs: Sequence[Sequence[str]]) -> None:
    """By hand: of each line as often as the last run that says it."""
    state = state_of(*(lookup(*lines, run=str(at), at=at) for at, lines in enumerate(runs)))
    view = view_of(state, "main")
    found = sorted(str(link_observation(state, row).seen) for row in view.observations.tolist())
    wanted = []
    for line in {line for lines in runs for line in lines}:
        last = max(at for at, lines in enumerate(runs) if line in lines)
        alone = view_of(state_of(lookup(*[line] * runs[last].count(line), run="x")), "main")
        wanted += [
            str(link_observation(alone.state, row).seen) for row in alone.observations.tolist()
        ]
    assert found == sorted(wanted)
    assert np.array_equal(np.sort(view.observations), view.observations)
