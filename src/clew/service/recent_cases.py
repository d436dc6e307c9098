"""What the user's folder remembers of investigations: where they are, and how they looked last."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

RECENT_MAX = 40
"""Most investigations that are remembered."""
FILE_BYTES_MAX = 2_000_000
DOTS_MAX = 160
"""Most entities of the small picture."""

Dot = tuple[int, int, str]


class RecentCase(msgspec.Struct, frozen=True, kw_only=True):
    """One investigation as it was left. *dots* are x, y (0 to 100) and family of entities."""

    path: str
    title: str
    seen_s: float
    seq: int = 0
    entities: int = 0
    graphs: int = 0
    window: str = ""
    dots: Sequence[Dot] = ()

    @property
    def id(self) -> str:
        """A name for the page; the page never says a path."""
        return path_id(Path(self.path))


def path_id(path: Path) -> str:
    """A short digest of a path."""
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]


class RecentCases:
    """The file ``recent.json`` of the user's folder. What can't be read is forgotten."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "recent.json"
        self._lock = threading.RLock()
        """Held from reading to writing: a file is put away by a thread."""

    def all(self) -> list[RecentCase]:
        """Latest first."""
        try:
            raw = self._file.read_bytes()[:FILE_BYTES_MAX]
            return msgspec.json.decode(raw, type=list[RecentCase])[:RECENT_MAX]
        except (OSError, msgspec.DecodeError, ValueError):
            return []

    def put(self, one: RecentCase) -> None:
        """Remember one, in place of what was known of its path."""
        with self._lock:
            self._write([one, *(it for it in self.all() if it.path != one.path)])

    def update(self, one: RecentCase) -> None:
        """Remember one only where it looks other than what is known of its path."""
        with self._lock:
            known = next((it for it in self.all() if it.path == one.path), None)
            if known is None or _looks(known) != _looks(one):
                self.put(one)

    def forget(self, id_: str) -> None:
        """Forget one; its file stays."""
        with self._lock:
            self._write([it for it in self.all() if it.id != id_])

    def _write(self, found: Sequence[RecentCase]) -> None:
        beside = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(msgspec.json.encode(list(found[:RECENT_MAX])))
            beside.replace(self._file)
        except OSError:
            # A folder that can't be written costs the list, never the investigation.
            beside.unlink(missing_ok=True)


def _looks(one: RecentCase) -> RecentCase:
    """All that the start page shows of one but when it was seen."""
    return msgspec.structs.replace(one, seen_s=0.0, dots=tuple(one.dots))
