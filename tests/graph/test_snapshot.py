"""A working set through its pieces."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from builders import append, observed, records, redo, state_of, undo
from clew.graph.digest import state_digest
from clew.graph.snapshot import from_pieces, to_pieces
from clew.model.change import Change
from strategies import changes


@given(changes(), st.integers(0, 3))
def test_a_snapshot_gives_the_same_state(made: list[Change], back: int) -> None:
    """Pieces give back the state, and it goes on as the first one would: extend, undo, redo."""
    state = state_of(*made)
    for _ in range(back):
        if state.history.undo():
            undo(state)
    loaded = from_pieces(to_pieces(state))
    assert loaded is not None
    assert state_digest(loaded) == state_digest(state)
    assert records(loaded) == records(state)
    for both in (state, loaded):
        if both.history.redo():
            redo(both)
        append(both, observed("z.example -resolves-to-> 192.0.2.9", at=99))
    assert state_digest(loaded) == state_digest(state)


def test_damaged_pieces_give_nothing() -> None:
    """Missing or cut pieces are refused, not half read."""
    pieces = to_pieces(state_of(observed("a.example -resolves-to-> 192.0.2.1")))
    assert from_pieces({}) is None
    assert from_pieces({**pieces, "head": pieces["head"][:-3]}) is None
    assert from_pieces({**pieces, "facts.texts": b"x"}) is None


def test_the_head_keeps_its_written_names() -> None:
    """Snapshots of version 0.1 hold these names; a snapshot with other ones would not be used."""
    head = msgspec.msgpack.decode(to_pieces(state_of())["head"])
    assert sorted(head) == [
        "brought", "counts", "decided", "details", "form", "link_types", "names", "provenances",
        "seq", "steps", "twins",
    ]  # fmt: skip
