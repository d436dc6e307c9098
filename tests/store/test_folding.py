"""Generated entries with right digests: they are folded as they stand, or refused in words."""

from __future__ import annotations

import random
import resource
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from clew.errors import InvalidValue
from effort import times

pytestmark = pytest.mark.assurance("fuzzing", "hostile-file", "resources")

FUZZ = Path(__file__).parents[2] / "fuzz"
SECONDS_MAX = 5.0
GROWTH_KB_MAX = 256 * 1024
INPUT_BYTES_MAX = 150_000


@pytest.fixture
def forged(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """What ``./dev fuzz`` does with a file whose chain was repaired."""
    monkeypatch.syspath_prepend(FUZZ)
    found = __import__("forged")
    monkeypatch.setitem(sys.modules, "forged", found)
    return found


def test_the_seed_opens(forged: ModuleType) -> None:
    """The entries that all others are made of are a file as Clew writes it."""
    forged.open_forged(forged.seed())


def test_forged_entries_are_folded_or_refused(forged: ModuleType) -> None:
    """Whatever becomes of the entries, the opened state is their fold, or there are words."""
    opened, before = 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tries = times(150, deep=5_000)
    for number in range(tries):
        chance = random.Random(number)
        data = forged.seed()
        for _ in range(chance.randint(1, 4)):
            data = forged.mutate(data, INPUT_BYTES_MAX, chance)
        begun = time.monotonic()
        with suppress(InvalidValue):
            forged.open_forged(data)
            opened += 1
        assert time.monotonic() - begun < SECONDS_MAX, number
    assert 0 < opened < tries
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH_KB_MAX
