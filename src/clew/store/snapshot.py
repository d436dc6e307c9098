"""Snapshots of states, kept on this machine so that opening is quick; disposable."""

from __future__ import annotations

import hmac
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import numpy as np
import polars as pl

from clew.errors import FileFault
from clew.graph.snapshot import FORM
from clew.store.machine import MachineFolder

KEPT_MAX = 2
"""How many snapshots of one file are kept."""
MAC_BYTES = 32
SIZE_BYTES = 8
ENDING = ".snapshot"


class SnapshotCache:
    """
    Snapshots of one investigation, each bound to an entry of its log.

    Outside of the file, since nothing in a file that came from elsewhere may stand in for its
    log: a snapshot counts where this machine's own key says that this machine wrote it.
    """

    def __init__(self, machine: MachineFolder, case_id: str) -> None:
        """*case_id* is the hex id or digest that the file is known by."""
        self._machine = machine
        self._folder = machine.snapshots / case_id

    def save(self, seq: int, digest: bytes, pieces: Mapping[str, bytes]) -> bool:
        """Keep the state after an entry; False where there is no room for it."""
        parts = [_frame(name.encode()) + _frame(_pack(data)) for name, data in pieces.items()]
        body = b"".join(parts)
        path = self._folder / f"{seq}-{digest.hex()}{ENDING}"
        part = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_bytes(self._mac(seq, digest, body) + body)
            part.chmod(0o600)
            part.replace(path)
            for _, old in list(self._found())[KEPT_MAX:]:
                old.unlink(missing_ok=True)
        except (OSError, FileFault):
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return False
        return True

    def load(
        self, until_seq: int, digest_at: Callable[[int], bytes | None]
    ) -> tuple[int, dict[str, memoryview]] | None:
        """
        The latest snapshot not later than an entry, with its number; None where none fits.

        Args:
            until_seq: The entry.
            digest_at: The digest of an entry of the log, None where there is no such entry.
        """
        for seq, path in self._found():
            digest = digest_at(seq) if seq <= until_seq else None
            if digest is None or digest.hex() != path.stem.partition("-")[2]:
                continue
            with suppress(OSError, ValueError, FileFault, pl.exceptions.PolarsError):
                data = path.read_bytes()
                mac, body = data[:MAC_BYTES], data[MAC_BYTES:]
                if hmac.compare_digest(mac, self._mac(seq, digest, body)):
                    parts = list(_frames(body))
                    names, packed = parts[::2], parts[1::2]
                    return seq, {
                        bytes(name).decode(): _unpack(piece)
                        for name, piece in zip(names, packed, strict=True)
                    }
        return None

    def _found(self) -> list[tuple[int, Path]]:
        found = []
        with suppress(OSError):
            for path in self._folder.glob(f"*{ENDING}"):
                number = path.stem.partition("-")[0]
                if number.isdigit() and len(number) < 19:
                    found.append((int(number), path))
        return sorted(found, reverse=True)

    def _mac(self, seq: int, digest: bytes, body: bytes) -> bytes:
        hasher = blake2b(key=self._machine.key, digest_size=MAC_BYTES)
        hasher.update(f"{FORM} {seq} ".encode() + digest)
        hasher.update(body)
        return hasher.digest()


def _frame(data: bytes) -> bytes:
    return len(data).to_bytes(SIZE_BYTES) + data


def _frames(body: bytes) -> Iterator[memoryview]:
    view, at = memoryview(body), 0
    while at < len(view):
        size = int.from_bytes(view[at : at + SIZE_BYTES])
        at += SIZE_BYTES
        yield view[at : at + size]
        at += size


def _pack(data: bytes) -> bytes:
    sink = io.BytesIO()
    frame = pl.DataFrame({"b": np.frombuffer(data, np.uint8)})
    frame.write_ipc(sink, compression="zstd")
    return sink.getvalue()


def _unpack(data: memoryview) -> memoryview:
    return pl.read_ipc(io.BytesIO(data))["b"].to_numpy().data
