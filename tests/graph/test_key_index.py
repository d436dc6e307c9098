"""Which row a key has, in all layers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.graph import key_index
from clew.graph.key_index import KeyIndex

keys = st.sampled_from((0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 2**63, 2**64 - 1))
batches = st.lists(st.lists(keys, max_size=9), max_size=7)


@given(batches, st.integers(0, 4), st.integers(0, 3), st.booleans())
def test_rows_are_numbered_as_keys_come(
    came: list[list[int]], few: int, overlay: int, keeps: bool
) -> None:
    """Whatever the layers, a key has one row, new ones follow on, and all are found again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_index, "FEW_KEYS_MAX", few)
        patch.setattr(key_index, "OVERLAY_ROWS_MAX", overlay)
        patch.setattr(key_index, "SORT_FIRST_MIN", 3)
        index = KeyIndex()
        known: dict[int, int] = {}
        for batch in came:
            given_keys = np.asarray(batch, np.uint64)
            rows, fresh = index.add(given_keys)
            new = [int(given_keys[at]) for at in fresh.tolist()]
            assert len(set(new)) == len(new)
            assert not set(new) & set(known)
            known.update({key: row for row, key in enumerate(new, len(known))})
            assert rows.tolist() == [known[key] for key in batch]
            assert len(index) == len(known)
            if keeps:
                index = KeyIndex.from_arrays(*index.arrays())
        asked = np.asarray([*known, 4, 6], np.uint64)
        assert index.find(asked).tolist() == [*known.values(), -1, -1]


def test_a_batch_costs_a_layer_not_the_whole() -> None:
    """A batch beside a large base leaves the base as it is."""
    index = KeyIndex()
    index.add(np.arange(0, 40_000, 2, dtype=np.uint64))
    base = index.arrays()[0]
    rows, fresh = index.add(np.arange(1, 2_001, 2, dtype=np.uint64))
    assert (rows.tolist(), len(fresh)) == (list(range(20_000, 21_000)), 1_000)
    assert index._sorted is base
