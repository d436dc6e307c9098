"""DNS record types."""

from clew.schema.record_type import ADDRESS_RECORDS, RECORD_TYPES


def test_addresses_are_record_types_in_upper_case() -> None:
    """The address records are among all, and names are as vendors write them."""
    assert ADDRESS_RECORDS < RECORD_TYPES
    assert all(name == name.upper() for name in RECORD_TYPES)
