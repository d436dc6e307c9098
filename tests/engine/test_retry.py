"""When a request is sent again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clew.engine.bounds import Bounds
from clew.engine.retry import wait_before_retry_s
from clew.errors import BadReply, KeyRefused, ProviderDown, ProviderLimited, TooMuch

BOUNDS = Bounds(attempts=4, backoff_s=1, wait_s=30)


def wait(fault: Exception, attempt: int = 1, *, purchase: bool = False) -> float | None:
    return wait_before_retry_s(
        fault, attempt, purchase=purchase, bounds=BOUNDS, chance=1.0  # type: ignore[arg-type]
    )  # fmt: skip


@given(st.integers(1, 3), st.floats(0, 1))
def test_waits_grow_and_stay_bounded(attempt: int, chance: float) -> None:
    """Backoff doubles, with jitter, and never passes the bound."""
    fault = ProviderDown("x", "failed")
    found = wait_before_retry_s(fault, attempt, purchase=False, bounds=BOUNDS, chance=chance)
    assert found is not None
    assert 0 < found <= min(30, 2 ** (attempt - 1))


def test_what_the_vendor_asks_is_kept() -> None:
    """Retry-After is waited for, unless it is too long."""
    assert wait(ProviderLimited("x", "asks", retry_after_s=7)) == 7
    assert wait(ProviderLimited("x", "asks", retry_after_s=3600)) is None


def test_useless_repeats_are_not_made() -> None:
    """No retry after the last attempt, of a purchase, a refusal, a used-up quota or bad data."""
    down = ProviderDown("x", "failed")
    assert wait(down, 4) is None
    assert wait(down, purchase=True) is None
    assert wait(ProviderLimited("x", "quota", quota=True)) is None
    for fault in (KeyRefused("x", "no"), BadReply("x", "odd"), TooMuch("x", "large")):
        assert wait(fault) is None
