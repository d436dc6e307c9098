"""A disk that fails, as SQLite and the program meet it: the nth call, or the power."""

from __future__ import annotations

import errno
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from unittest import mock

import apsw

SECTOR_BYTES = 512
FAULT_WORDS = ("the disk of the test has no room", "the disk of the test is broken")
"""What SQLite is told by a full disk, and by one that fails otherwise."""
Way = Literal["fail", "full", "torn", "dead"]
WAYS: tuple[Way, ...] = ("fail", "full", "torn", "dead")
"""One call fails; one call finds no room; one write is cut; all calls from one on fail."""


@dataclass
class Fault:
    """Which call of the file system goes wrong, and how."""

    at: int = 0
    """Number of the call from 1; 0 for none."""
    way: Way = "fail"
    calls: int = 0

    def step(self) -> bool:
        """Count a call; gives whether it has to fail."""
        self.calls += 1
        return bool(self.at) and (
            self.calls == self.at or (self.way == "dead" and self.calls > self.at)
        )

    def error(self) -> apsw.Error:
        """What SQLite is told."""
        full, broken = FAULT_WORDS
        return apsw.FullError(full) if self.way == "full" else apsw.IOError(broken)


@dataclass
class Power:
    """What each file surely holds, and what was written since."""

    durable: dict[str, bytes] = field(default_factory=dict)
    pending: dict[str, list[tuple[int, bytes | None]]] = field(default_factory=dict)
    """Place and bytes of each write; None for the bytes where the file was cut there."""
    look: Callable[[], None] = lambda: None
    """Called before each write and sync: the power may go at any of them."""

    def image(self, chance: random.Random) -> dict[str, bytes]:
        """The files after a cut: of what was not synced any part may be there."""
        kept = chance.choice((0.0, 0.3, 0.7, 1.0))
        found = {}
        for name, durable in self.durable.items():
            data = bytearray(durable)
            for place, written in self.pending[name]:
                if chance.random() >= kept:
                    continue
                if written is None:
                    del data[place:]
                    continue
                if chance.random() < 0.3:
                    written = written[: chance.randrange(len(written) + 1) // 512 * SECTOR_BYTES]
                if len(data) < place + len(written):
                    data.extend(bytes(place + len(written) - len(data)))
                data[place : place + len(written)] = written
            found[name] = bytes(data)
        return found


class FaultyDisk(apsw.VFS):
    """The plain file system with faults; each connection of the process uses it."""

    def __init__(self, fault: Fault, power: Power) -> None:
        self.fault = fault
        self.power = power
        super().__init__("faulty", "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if self.fault.step():
            raise self.fault.error()
        return FaultyFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        if self.fault.step():
            raise self.fault.error()
        self.power.durable.pop(filename, None)
        super().xDelete(filename, syncdir)


class FaultyFile(apsw.VFSFile):
    """One open file of the disk."""

    def __init__(self, disk: FaultyDisk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else name
        super().__init__("unix", name, flags)
        if self.name and self.name not in disk.power.durable:
            disk.power.durable[self.name] = b""
            disk.power.pending[self.name] = []
            if Path(self.name).exists():
                disk.power.durable[self.name] = Path(self.name).read_bytes()

    def xRead(self, amount: int, offset: int) -> bytes:
        if self.disk.fault.step():
            raise self.disk.fault.error()
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.power.look()
        if self.disk.fault.step():
            if self.disk.fault.way == "torn":
                super().xWrite(data[: len(data) // 2], offset)
            raise self.disk.fault.error()
        super().xWrite(data, offset)
        if self.name:
            self.disk.power.pending[self.name].append((offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        if self.disk.fault.step():
            raise self.disk.fault.error()
        super().xTruncate(newsize)
        if self.name:
            self.disk.power.pending[self.name].append((newsize, None))

    def xSync(self, flags: int) -> None:
        self.disk.power.look()
        if self.disk.fault.step():
            raise self.disk.fault.error()
        super().xSync(flags)
        if self.name:
            self.disk.power.durable[self.name] = Path(self.name).read_bytes()
            self.disk.power.pending[self.name] = []


def _unnoticed(plain: Callable[[Any], object]) -> Callable[[Any], object]:
    """
    What hears of errors that nobody is told of, but for those of the disk.

    SQLite passes over some, as of a journal that it removes; apsw reports them then.
    """

    def hear(unraisable: Any) -> object:
        error = unraisable.exc_value
        if isinstance(error, apsw.FullError | apsw.IOError) and str(error) in FAULT_WORDS:
            return None
        return plain(unraisable)

    return hear


@contextmanager
def faulty_disk(fault: Fault | None = None, power: Power | None = None) -> Iterator[FaultyDisk]:
    """All that this process writes by SQLite, and its renames and syncs, meet that disk."""
    disk = FaultyDisk(fault or Fault(), power or Power())

    def counted(plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **parts: Any) -> Any:
            if disk.fault.step():
                number = errno.ENOSPC if disk.fault.way == "full" else errno.EIO
                raise OSError(number, os.strerror(number))
            return plain(*args, **parts)

        return call

    try:
        with ExitStack() as patches:
            for name in ("fsync", "rename", "replace", "open"):
                patches.enter_context(mock.patch.object(os, name, counted(getattr(os, name))))
            hear = _unnoticed(sys.unraisablehook)
            patches.enter_context(mock.patch.object(sys, "unraisablehook", hear))
            yield disk
    finally:
        disk.unregister()
