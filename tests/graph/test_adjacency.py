"""Which links are at an entity, however they came."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.graph import adjacency
from clew.graph.links import Links

batches = st.lists(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2), st.integers(0, 9)), max_size=8),
    max_size=6,
)


@given(batches)
def test_links_are_found_at_their_ends_as_they_come(came: list[list[tuple[int, int, int]]]) -> None:
    """After each batch, base, layer and tail together answer as a plain search does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adjacency, "REBUILD_LINKS_MIN", 12)
        patch.setattr(adjacency, "TAIL_LINKS_MAX", 4)
        links = Links()
        everyone = np.arange(10, dtype=np.int32)
        for batch in came:
            columns = np.asarray(batch, np.int32).reshape(-1, 3).T
            links.add(columns[0], columns[1].astype(np.uint16), columns[2])
            sources, targets = links.sources.values, links.targets.values
            for entity in range(10):
                assert sorted(links.out_of(entity)) == np.flatnonzero(sources == entity).tolist()
                assert sorted(links.into(entity)) == np.flatnonzero(targets == entity).tolist()
            rows, owners, others = links.at(everyone)
            found = sorted(zip(rows.tolist(), owners.tolist(), others.tolist(), strict=True))
            ends = list(zip(sources.tolist(), targets.tolist(), strict=True))
            assert found == sorted(
                (row, *pair) for row, (a, b) in enumerate(ends) for pair in ((a, b), (b, a))
            )
            assert links.degrees(10).tolist() == np.bincount(owners, minlength=10).tolist()
