"""What two graphs would share by chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from builders import observed, state_of
from clew.analysis.chance import chance_of
from clew.graph.view import view_of
from strategies import lines

told = st.lists(lines, min_size=1, max_size=10)


@given(told, told, told)
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
