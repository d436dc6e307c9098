"""The last digest that this user saw of each file, so that a cut or exchanged log is noticed."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from clew.store.machine import MachineFolder
from clew.store.store import Store


class SeenEntry(Struct, frozen=True):
    """The last entry of a file when it was last open here."""

    path: str
    seq: int
    digest: str


class SeenFiles:
    """One small record a file, by where it is; of use here only."""

    def __init__(self, machine: MachineFolder) -> None:
        self._folder = machine.folder / "seen"

    def difference(self, store: Store) -> str:
        """What of the file is not as this user saw it last, as a sentence; empty where nothing."""
        known = self._known(store.path)
        if known is None:
            return ""
        digest = store.digest_at(known.seq)
        if digest is not None and digest.hex() == known.digest:
            return ""
        seq, _ = store.tail
        if digest is None:
            return (
                f"{store.path.name} is older than what was seen here: it ends at entry {seq}, and "
                f"entry {known.seq} (digest {known.digest[:16]}) was seen. Something is missing."
            )
        return (
            f"{store.path.name} is another history than what was seen here: its entry {known.seq} "
            f"has the digest {digest.hex()[:16]}, and {known.digest[:16]} was seen."
        )

    def knows(self, store: Store) -> bool:
        """Whether the file was open here before."""
        return self._known(store.path) is not None

    def note(self, store: Store) -> None:
        """Remember how far the file is now; where that can't be kept, nothing is compared later."""
        seq, digest = store.tail
        record = SeenEntry(str(store.path.absolute()), seq, digest.hex())
        target = self._place(store.path)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_bytes(msgspec.json.encode(record))
            part.replace(target)

    def _known(self, path: Path) -> SeenEntry | None:
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode(self._place(path).read_bytes(), type=SeenEntry)
        return None

    def _place(self, path: Path) -> Path:
        name = blake2b(str(path.absolute()).encode("utf-8", "replace"), digest_size=16).hexdigest()
        return self._folder / f"{name}.json"
