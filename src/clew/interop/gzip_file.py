"""Gzip files, unpacked in memory and bounded."""

from __future__ import annotations

import gzip
import io
import zlib

from clew.errors import InvalidValue

UNPACKED_BYTES_MAX = 512 * 1024 * 1024
"""Largest file, unpacked from gzip."""


def gunzip(data: bytes) -> bytes:
    """
    The bytes of a gzip file; other bytes as they are.

    Raises:
        InvalidValue: It is damaged, or over UNPACKED_BYTES_MAX.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(UNPACKED_BYTES_MAX + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidValue("gzip file", "", f"it can't be unpacked: {error}") from error
    if len(plain) > UNPACKED_BYTES_MAX:
        raise InvalidValue("gzip file", "", f"it has over {UNPACKED_BYTES_MAX} bytes unpacked")
    return plain
