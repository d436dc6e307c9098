"""The built-in states."""

from clew.schema.registry import catalogue
from clew.schema.states import STATES


def test_states_are_complete() -> None:
    """Every state has a weight between 0 and 1 and entity types that exist."""
    for state in STATES:
        assert 0 <= state.weight <= 1
        assert state.types <= set(catalogue().entity_types)


def test_boundaries() -> None:
    """Pivots stop at what belongs to everybody, not at a dynamic DNS host or a rented machine."""
    open_states = {state.name for state in STATES if not state.bounds_pivots}
    assert open_states == {"dynamic-dns", "cloud-hosting"}
