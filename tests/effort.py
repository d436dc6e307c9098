"""How thorough a run is: quick by default, as thorough as time allows in ``./dev deep``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

PROFILE = os.environ.get("CLEW_PROFILE", "clew")
_SLOW = [HealthCheck.too_slow]

settings.register_profile("clew", deadline=None, max_examples=60, suppress_health_check=_SLOW)
settings.register_profile("trips", deadline=None, max_examples=2_000, suppress_health_check=_SLOW)
settings.register_profile(
    "deep", deadline=None, max_examples=10_000,
    suppress_health_check=[*_SLOW, HealthCheck.filter_too_much],
)  # fmt: skip
settings.load_profile(PROFILE)


def times(few: int, *, deep: int) -> int:
    """How often a costly trial is made: *few* by default, *deep* in ``./dev deep``."""
    return deep if PROFILE == "deep" else few
