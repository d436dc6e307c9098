"""Ids from a thread beside are those that folding computes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from builders import observed
from clew.graph.entities import block_ids
from clew.store import ids_beside as beside
from clew.store.investigation import Investigation


def test_a_large_block_is_folded_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without the thread the state is the same."""
    changes = [observed("a.example -resolves-to-> 192.0.2.1"), observed("b.example is parked")]
    states = []
    for rows in (10**9, 1):
        monkeypatch.setattr(beside, "ROWS_MIN", rows)
        with Investigation.create(tmp_path / f"{rows}.clew") as case:
            case.append(changes)
            states.append(case.state)
    one, other = states
    assert np.array_equal(one.entities.ids, other.entities.ids)
    assert len(one.links) == len(other.links) == 1


def test_each_block_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are found by block; a small one has none beside."""
    monkeypatch.setattr(beside, "ROWS_MIN", 2)
    large, small = observed("a.example -resolves-to-> 192.0.2.1"), observed("b.example is parked")
    assert large.block is not None
    with beside.ids_beside([large, small]) as ids:
        computed = ids.of(large.block)
        assert computed is not None
        assert np.array_equal(computed, block_ids(large.block))
        assert ids.of(small.block) is None
