"""Archives, good ones and fifteen bad ones."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable


def packed(*members: tuple[str, bytes], mode: int = 0, level: int = 6) -> bytes:
    """An archive of those members."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if mode:
                info.external_attr = mode << 16
            made.writestr(info, data)
    return sink.getvalue()


def patched(data: bytes, before: bytes, after: bytes) -> bytes:
    """An archive with some of its bytes changed, everywhere."""
    assert before in data
    return data.replace(before, after)


def encrypted() -> bytes:
    """An archive that says that its member is encrypted."""
    data = bytearray(packed(("a", b"x")))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def lying() -> bytes:
    """A bomb whose directory says that it is small."""
    data = packed(("a", b"\0" * 40_000_000), level=9)
    return patched(data, struct.pack("<I", 40_000_000), struct.pack("<I", 10))


def many() -> bytes:
    """An archive of 100,000 empty members."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        for number in range(100_000):
            made.writestr(str(number), b"")
    return sink.getvalue()


BAD: dict[str, Callable[[], bytes]] = {
    "slip": lambda: packed(("../x", b"")),
    "slip inside": lambda: packed(("a/../../x", b"")),
    "backslash slip": lambda: packed(("a\\..\\..\\x", b"")),
    "absolute": lambda: packed(("/etc/x", b"")),
    "drive": lambda: packed(("C:/x", b"")),
    "share": lambda: packed(("\\\\host\\x", b"")),
    "link": lambda: packed(("a", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777),
    "long name": lambda: packed(("x" * 2_000, b"")),
    "bomb": lambda: packed(("a", b"\0" * 40_000_000), level=9),
    "lying bomb": lying,
    "100,000 members": many,
    "encrypted": encrypted,
    "cut": lambda: packed(("a", b"x" * 1_000))[:-30],
    "no archive": lambda: b"PK\x03\x04" + b"x" * 100,
    "empty": lambda: b"",
    "many small bombs": lambda: packed(*((f"{n}", b"\0" * 3_000_000) for n in range(100)), level=9),
}


def zipped(*names: str, content: bytes = b"") -> bytes:
    """An archive with members of these names."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        for name in names:
            made.writestr(name, content)
    return sink.getvalue()
