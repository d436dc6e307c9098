"""A folder that can only be read, as a medium is that was burnt or is shared by others."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
CAPABILITY_VERSION = 0x20080522
OVERRIDE = (1, 2, 3)
"""What lets root write where it may not: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER."""
DROP_FROM_BOUND = 24
"""Of prctl: a capability that no program that is started from here gets either."""


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing in a folder can be written, made or removed, as long as the context lasts."""
    every = [*folder.rglob("*"), folder]
    modes = {one: one.stat().st_mode for one in every}
    for one in every:
        one.chmod(0o555 if one.is_dir() else 0o444)
    try:
        yield
    finally:
        for one, mode in modes.items():
            one.chmod(mode)


def with_rights_of_a_user(act: Callable[[], T]) -> T:
    """Do it where permissions hold for root too: in a thread that gave up what overrides them."""
    if os.geteuid() != 0:
        return act()

    def give_up_and_act() -> T:
        _give_up()
        return act()

    with ThreadPoolExecutor(1) as own:
        return own.submit(give_up_and_act).result()


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _give_up() -> None:
    """Of this thread and those that it starts, for good."""
    library = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(CAPABILITY_VERSION, 0), (_Sets * 2)()
    assert library.capget(ctypes.byref(header), sets) == 0
    for capability in OVERRIDE:
        library.prctl(DROP_FROM_BOUND, capability, 0, 0, 0)
        for name in ("effective", "permitted", "inheritable"):
            setattr(sets[0], name, getattr(sets[0], name) & ~(1 << capability))
    assert library.capset(ctypes.byref(header), sets) == 0
