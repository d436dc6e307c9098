"""How a replica is told to misbehave."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.replicas.behaviour import KINDS, TIMES_MAX, Misbehaviour, parse_misbehaviour


@pytest.mark.parametrize("kind", KINDS)
@given(times=st.integers(1, 999_999), match=st.sampled_from(("", "a.example")))
def test_what_is_written_is_what_is_done(kind: str, times: int, match: str) -> None:
    """Provider, kind, how often and for which targets are read as they are written."""
    at = f"@{match}" if match else ""
    assert parse_misbehaviour(f"vendor:{kind}*{times}{at}") == (
        "vendor", Misbehaviour(kind, match, times)
    )  # fmt: skip
    assert parse_misbehaviour(f"vendor:{kind}{at}") == (
        "vendor", Misbehaviour(kind, match, TIMES_MAX)
    )  # fmt: skip


@given(st.text(alphabet="09²٣@x").map("vendor:reset*{}".format) | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """What is no such text is refused as a value, in whatever digits."""
    with suppress(InvalidValue):
        provider, found = parse_misbehaviour(text)
        assert text.startswith(f"{provider}:")
        assert found.kind in KINDS
