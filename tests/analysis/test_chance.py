"""What two graphs would share by chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from builders import graph_of, observed, state_of
from clew.analysis.chance import chance_of
from clew.graph.view import View, view_of
from strategies import lines

pytestmark = pytest.mark.assurance("judgement")

NAMES = 300
IPS = 120
MANY = 5
"""From here on a spread says something of the tails."""
INVESTIGATION = graph_of(
    *(f"n{at}.example -resolves-to-> 198.51.100.{at % IPS}" for at in range(NAMES)), graph="all"
)
"""Every name points to one address, every address has two or three names."""

observed_lines = st.lists(lines, min_size=1, max_size=10)


@given(observed_lines, observed_lines, observed_lines)
def test_both_expectations_are_those_of_their_formulas(
    first: list[str], second: list[str], third: list[str]
) -> None:
    """Evenly it is the hypergeometric distribution; by links a sum over the first graph."""
    state = state_of(
        observed(*first, graph="a"), observed(*second, graph="b", at=1),
        observed(*third, graph="c", at=2),
    )  # fmt: skip
    a, b = view_of(state, "a"), view_of(state, "b")
    shared = np.intersect1d(a.entities, b.entities).astype(np.int32)
    degrees = state.links.degrees(len(state.entities)).astype(np.int64)
    for each in chance_of(a, b, shared, degrees):
        counts = np.arange(min(each.in_a, each.in_b) + 1)
        chances = hypergeom(each.known, each.in_a, each.in_b).pmf(counts)
        mean = float((counts * chances).sum())
        assert each.even == pytest.approx(mean)
        spread = np.sqrt(((counts - mean) ** 2 * chances).sum())
        assert each.even_spread == pytest.approx(spread, abs=1e-9)
        code = state.names.known(each.type)
        of_type = state.entities.types.values == code
        rate = b.degree[of_type[b.entities]].sum() / degrees[of_type].sum()
        hit = 1 - np.exp(-degrees[a.entities[of_type[a.entities]]] * rate)
        assert each.expected == pytest.approx(hit.sum())
        assert each.spread == pytest.approx(np.sqrt((hit * (1 - hit)).sum()))
        assert 0 <= each.shared <= min(each.in_a, each.in_b) <= each.known


def part(rows: np.ndarray) -> View:
    """The part of the investigation that holds those entities, with the links between them."""
    whole = view_of(INVESTIGATION, "all")
    inside = np.isin(whole.sources, rows) & np.isin(whole.targets, rows)
    return View(
        INVESTIGATION, "all", np.sort(rows).astype(np.int32), whole.links[inside],
        whole.sources[inside], whole.targets[inside],
    )  # fmt: skip


@given(st.integers(0, 2**32 - 1), st.integers(20, 200), st.integers(20, 200))
def test_graphs_drawn_at_random_share_what_chance_gives(seed: int, one: int, other: int) -> None:
    """Two parts drawn evenly share within seven spreads of what is expected; few by exact odds."""
    chance = np.random.default_rng(seed)
    whole = view_of(INVESTIGATION, "all").entities
    a, b = (part(chance.choice(whole, size, replace=False)) for size in (one, other))
    shared = np.intersect1d(a.entities, b.entities).astype(np.int32)
    degrees = INVESTIGATION.links.degrees(len(INVESTIGATION.entities)).astype(np.int64)
    for each in chance_of(a, b, shared, degrees):
        if each.even >= MANY:
            assert abs(each.shared - each.even) <= 7 * each.even_spread + 1e-9
        odds = hypergeom(each.known, each.in_a, each.in_b)
        assert min(odds.cdf(each.shared), odds.sf(each.shared - 1)) > 1e-10


def test_the_mean_of_many_draws_is_the_expectation() -> None:
    """Over a thousand draws the shared number is the even expectation, and so is its spread."""
    chance = np.random.default_rng(11)
    whole = view_of(INVESTIGATION, "all").entities
    names = whole[
        INVESTIGATION.entities.types.values[whole] == INVESTIGATION.names.known("domain-name")
    ]
    degrees = INVESTIGATION.links.degrees(len(INVESTIGATION.entities)).astype(np.int64)
    a = part(names[:90])
    drawn, last = [], None
    for _ in range(1_000):
        b = part(chance.choice(names, 60, replace=False))
        shared = np.intersect1d(a.entities, b.entities).astype(np.int32)
        drawn.append(len(shared))
        last = chance_of(a, b, shared, degrees)[0]
    assert last is not None
    assert np.mean(drawn) == pytest.approx(last.even, rel=0.03)
    assert np.std(drawn) == pytest.approx(last.even_spread, rel=0.1)
