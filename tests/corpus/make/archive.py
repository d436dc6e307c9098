"""Archives with the same bytes each time, as far as the compression goes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082"
)
"""A picture of one transparent dot."""


def zipped(members: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    """An archive of members by name, all of one day."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return sink.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """What an archive holds, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
