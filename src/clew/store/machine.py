"""What this machine keeps of files for its user: a key, snapshots, and the digests last seen."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from clew.errors import FileFault

KEY_BYTES = 32


class MachineFolder:
    """A folder that is the user's own: what it holds is of use here only, and may be deleted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of_environment(cls, environment: Mapping[str, str]) -> MachineFolder | None:
        """Below CLEW_HOME, or the user's cache folder; None where the environment tells neither."""
        if folder := environment.get("CLEW_HOME"):
            return cls(Path(folder) / "machine")
        if folder := environment.get("XDG_CACHE_HOME"):
            return cls(Path(folder) / "clew")
        if folder := environment.get("HOME"):
            return cls(Path(folder) / ".cache" / "clew")
        return None

    @property
    def snapshots(self) -> Path:
        """Where snapshots are."""
        return self.folder / "snapshots"

    @cached_property
    def key(self) -> bytes:
        """The secret that snapshots of this machine are known by; made when there is none."""
        path = self.folder / "key"
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(number, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
        except FileExistsError:
            pass
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise FileFault(path, "it is no key of Clew's", helps="Delete it; a new one is made.")
        return key
