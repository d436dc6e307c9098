"""The laws of corroboration, and its arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.observed_lines import LINK, observed_lines
from builders import graph_of
from clew.analysis.corroboration import Scores, corroboration, explain_score
from clew.graph.view import View, view_of
from clew.model.interval import Window
from clew.schema.registry import catalogue

pytestmark = pytest.mark.assurance("judgement")

CATALOGUE = catalogue()


YEAR = Window.parse("2013")


states = st.sampled_from(
    ("192.0.2.1 is sinkhole @2014-01-01..open", "192.0.2.1 is parked", "a.example is dynamic-dns")
)


windows = st.sampled_from((None, YEAR))


def view_and_scores(lines: list[str], window: Window | None = None) -> tuple[View, Scores]:
    """A graph and its scores."""
    view = view_of(graph_of(*lines), "main")
    return view, corroboration(view, CATALOGUE, window=window)


def by_link(lines: list[str], window: Window | None = None) -> dict[str, float]:
    """Scores by the text of the link."""
    view, scores = view_and_scores(lines, window)
    return {str(view.link(at)): float(scores.values[at]) for at in range(len(view.links))}


@given(st.lists(st.one_of(observed_lines, states), min_size=1, max_size=12), windows)
def test_the_lines_give_the_score(lines: list[str], window: Window | None) -> None:
    """Factors multiply to weights, and doubts to what the score leaves; both ways agree."""
    view, scores = view_and_scores(lines, window)
    for place in range(len(view.links)):
        explained = explain_score(view, place, CATALOGUE, window=window)
        doubt = 1.0
        for line in explained.lines:
            weight = 1.0
            for factor in line.factors:
                weight *= factor.value
            assert line.weight == pytest.approx(weight)
            assert line.doubt == pytest.approx(1 - weight)
            doubt *= line.doubt
        assert explained.score == pytest.approx(1 - doubt)
        assert explained.score == pytest.approx(float(scores.values[place]), abs=1e-5)
        assert len(explained.lines) == scores.lineages[place]
        assert 0 <= scores.values[place] <= 1


@given(st.lists(observed_lines, min_size=1, max_size=10), st.randoms(), windows)
def test_order_does_not_matter(lines: list[str], random: object, window: Window | None) -> None:
    """The same observations in another order give the same scores."""
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert by_link(shuffled, window) == pytest.approx(by_link(lines, window), abs=1e-5)


@given(st.lists(observed_lines, min_size=1, max_size=8), observed_lines, windows)
def test_more_evidence_never_lowers(lines: list[str], more: str, window: Window | None) -> None:
    """A further observation leaves each score as it is, or raises it."""
    before, after = by_link(lines, window), by_link([*lines, more], window)
    assert all(after[link] >= score - 1e-6 for link, score in before.items())


@given(st.lists(observed_lines, min_size=1, max_size=8), st.data(), windows)
def test_repeats_change_nothing(
    lines: list[str], data: st.DataObject, window: Window | None
) -> None:
    """The same word of the same lineage, again, is no further evidence."""
    again = data.draw(st.lists(st.sampled_from(lines), max_size=4))
    assert by_link([*lines, *again], window) == pytest.approx(by_link(lines, window), abs=1e-6)


def score(*tails: str, window: Window | None = None) -> float:
    """The score of one link told with those dates and sources."""
    return by_link([f"{LINK}{tail}" for tail in tails], window)[
        "a.example -resolves-to-> 192.0.2.1"
    ]


SEEN = " @2013-01-01..2013-06-01"


def test_independent_sensors_add_up() -> None:
    """Two lineages leave less doubt than one: 1 - 0.3 x 0.3."""
    assert score(f"{SEEN} by circl") == pytest.approx(0.7)
    assert score(f"{SEEN} by circl", f"{SEEN} by virustotal") == pytest.approx(0.91)


def test_resellers_of_one_network_are_one() -> None:
    """A successor product with the same sensors adds nothing."""
    one = score(f"{SEEN} by passivetotal")
    assert score(f"{SEEN} by passivetotal", f"{SEEN} by defender-ti") == pytest.approx(one)


def test_unknown_lineages_count_half_together() -> None:
    """Two carriers without a named source never make two votes."""
    assert score(f"{SEEN} by import") == pytest.approx(0.35)
    assert score(f"{SEEN} by import", f"{SEEN} by misp") == pytest.approx(0.35)


def test_a_registry_is_one_origin_a_day() -> None:
    """Two vendors that show one record are one; records of other days are further evidence."""
    record = "a.example -registered-by-> x@mail.example"
    link = "a.example -registered-by-> x@mail.example"
    once = by_link([f"{record}{SEEN} by domaintools"])[link]
    twice = by_link([f"{record}{SEEN} by domaintools", f"{record}{SEEN} by defender-ti"])[link]
    later = by_link([f"{record}{SEEN} by domaintools", f"{record} @2014-01-01..2014-02-01"])[link]
    assert once == pytest.approx(twice)
    assert later > once


def test_the_window_weighs() -> None:
    """Out of the window nothing counts; what can't be placed counts half."""
    assert score(" @2010-01-01..2010-02-01 by circl", window=YEAR) == 0
    assert score(f"{SEEN} by circl", window=YEAR) == pytest.approx(0.7)
    assert 0 < score(" by circl", window=YEAR) < 0.35


def test_a_sinkhole_takes_weight_in_its_time() -> None:
    """What a sinkhole was seen with while it was one says little."""
    lines = [f"{LINK} @2014-01-05..2014-02-01 by circl", "192.0.2.1 is sinkhole @2014-01-01..open"]
    assert by_link(lines)["a.example -resolves-to-> 192.0.2.1"] == pytest.approx(0.035)


@settings(max_examples=10)
@given(st.integers(1, 40))
def test_many_lineages_are_settled_alike(days: int) -> None:
    """More lineages than rounds: the sorted remainder gives what the lines give."""
    lines = [
        f"a.example -registered-by-> x@mail.example @2013-01-{at % 28 + 1:02}..2014-0{at // 28 + 1}"
        for at in range(days)
    ]
    view, scores = view_and_scores(lines)
    explained = explain_score(view, 0, CATALOGUE)
    assert explained.score == pytest.approx(float(scores.values[0]), abs=1e-5)
    assert scores.lineages[0] == len(explained.lines) == min(days, 28)


@given(st.lists(observed_lines, min_size=1, max_size=8), windows)
def test_the_sensitive_line_is_the_one_whose_loss_costs_most(
    lines: list[str], window: Window | None
) -> None:
    """No other line's loss leaves less, and any loss leaves no more than the score."""
    view, _ = view_and_scores(lines, window)
    for place in range(len(view.links)):
        explained = explain_score(view, place, CATALOGUE, window=window)
        found = explained.weakest_without
        if found is None:
            assert explained.sensitivity() == ""
            continue
        line, left = found
        assert line in explained.lines
        assert left <= explained.score + 1e-9
        rest = [other.doubt for other in explained.lines if other is not explained.lines[-1]]
        least = 1.0
        for doubt in rest:
            least *= doubt
        assert left <= 1 - least + 1e-9
        assert str(line.lineage) in explained.sensitivity()
