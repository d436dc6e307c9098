"""How many bytes arrays and columns hold, each once."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import polars as pl


def held_bytes(*things: Any) -> int:
    """Bytes of all arrays, series and small objects that *things* reach through their slots."""
    seen: set[int] = set()
    return sum(_bytes(thing, seen) for thing in things)


def _bytes(thing: Any, seen: set[int]) -> int:
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        return _bytes(thing.base, seen) if isinstance(thing.base, np.ndarray) else thing.nbytes
    if isinstance(thing, pl.Series):
        return int(thing.estimated_size())
    total = sys.getsizeof(thing)
    if isinstance(thing, dict):
        return total + sum(_bytes(key, seen) + _bytes(value, seen) for key, value in thing.items())
    if isinstance(thing, list | tuple | set | frozenset):
        return total + sum(_bytes(each, seen) for each in thing)
    for name in _slots(type(thing)):
        if hasattr(thing, name):
            total += _bytes(getattr(thing, name), seen)
    return total


def _slots(kind: type) -> list[str]:
    if not kind.__module__.startswith("clew"):
        return []
    return [name for each in kind.__mro__ for name in getattr(each, "__slots__", ())]
