"""Files and runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.types import File, Sample
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (File, "D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e"),
        (File, "MD5: D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e"),
        (Sample, " 0a1b2c ", "0a1b2c"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Ways to write one thing are one value with one id."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (File, "d41d8", "5 digits"),
        (File, "g" * 32, "hexadecimal"),
        (File, "d41d8cd98f00b204e9800998ecf8427", "31 digits"),
        (Sample, "a b", "white space"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason


@given(
    st.sampled_from([32, 40, 64, 128]).flatmap(
        lambda n: st.text("0123456789abcdef", min_size=n, max_size=n)
    )
)
def test_hash_case_changes_nothing(digest: str) -> None:
    """A hash in upper case is the same file."""
    assert File(digest.upper()).id == File(digest).id
