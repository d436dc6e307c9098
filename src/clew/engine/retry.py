"""Whether a failed request is sent again, and after how long. Pure."""

from __future__ import annotations

from clew.engine.bounds import Bounds
from clew.errors import ClewError, ProviderDown, ProviderLimited


def wait_before_retry_s(
    fault: ClewError, attempt: int, *, purchase: bool, bounds: Bounds, chance: float
) -> float | None:
    """
    Seconds to wait before the request is sent again.

    Args:
        fault: What went wrong.
        attempt: How often it was sent, from 1.
        purchase: Whether it may be sent once only.
        bounds: Bounds of the run.
        chance: A random number from 0 to 1.

    Returns:
        None where it is not sent again: a purchase, a used-up quota, a refusal, a fault that
        stays (a certificate, a proxy's login), too many attempts, or a wait over ``bounds.wait_s``.

    Source:
        Exponential backoff with full jitter; Retry-After as in RFC 9110, section 10.2.3.
    """
    if purchase or attempt >= bounds.attempts:
        return None
    match fault:
        case ProviderLimited(quota=True) | ProviderDown(again=False):
            return None
        case ProviderLimited() | ProviderDown():
            asked_s = fault.retry_after_s
            if asked_s is not None:
                return asked_s if asked_s <= bounds.wait_s else None
        case _:
            return None
    return min(bounds.wait_s, bounds.backoff_s * float(1 << (attempt - 1)) * (0.5 + chance / 2))
