"""Files that a page has sent and may bring in: kept in memory for a while, by a token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from clew.errors import UnknownName

FILES_MAX = 4
"""Most files that are kept at once."""
UPLOADS_BYTES_MAX = 256 * 1024 * 1024
"""Most bytes of all files that are kept at once."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes = field(repr=False)
    format: str = ""
    """Of which format the page said that it is; empty where its content tells."""


class Uploads:
    """The files by their tokens; the oldest leave when there is no room for a new one."""

    def __init__(self) -> None:
        self._uploads: dict[str, Upload] = {}

    def keep(self, upload: Upload) -> str:
        """Keep a file; gives its token, 32 hex digits."""
        while self._uploads and (
            len(self._uploads) >= FILES_MAX or self._bytes() + len(upload.data) > UPLOADS_BYTES_MAX
        ):
            del self._uploads[next(iter(self._uploads))]
        token = secrets.token_hex(16)
        self._uploads[token] = upload
        return token

    def get(self, token: str) -> Upload:
        """The file of a token; raises UnknownName where it is not kept any more."""
        found = self._uploads.get(token)
        if found is None:
            raise UnknownName("file that was sent", token)
        return found

    def drop(self, token: str) -> None:
        """Let a file go; one that is gone already is no fault."""
        self._uploads.pop(token, None)

    def _bytes(self) -> int:
        return sum(len(one.data) for one in self._uploads.values())
