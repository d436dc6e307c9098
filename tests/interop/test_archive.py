"""Archives of strangers: fifteen bad ones, each refused in words, and nothing unpacked to disk."""

from __future__ import annotations

import io
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from clew.errors import InvalidValue
from clew.interop import archive
from clew.interop.archive import read_archive


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


@pytest.mark.parametrize("name", BAD)
def test_a_bad_archive_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bad archive is refused in words, with little memory, and writes nothing."""
    monkeypatch.chdir(tmp_path)
    data = BAD[name]()
    tracemalloc.start()
    try:
        if name == "lying bomb":
            # The size in its directory is wrong: the member is damaged, and told.
            members, problems = read_archive(data)
            assert (members, [one.where for one in problems]) == ({}, ["a"])
        else:
            with pytest.raises(InvalidValue, match="archive"):
                read_archive(data)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 512 * 1024 * 1024
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_member_does_not_take_the_rest() -> None:
    """Of a damaged member the reader tells, and the others are there."""
    data = bytearray(packed(("bad", b"hello world" * 99), ("good", b"fine")))
    at = data.index(b"bad") + 3
    data[at : at + 8] = b"\xff" * 8
    members, problems = read_archive(bytes(data))
    assert members == {"good": b"fine"}
    assert [one.where for one in problems] == ["bad"]


def test_the_last_of_a_name_counts() -> None:
    """Two members of one name: the last counts, and that is told."""
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(("a", b"1"), ("a", b"2"))
    members, problems = read_archive(data)
    assert members == {"a": b"2"}
    assert len(problems) == 1


def test_the_bounds_have_units() -> None:
    """Bounds of an archive fit together: a member is no larger than all of them."""
    assert archive.MEMBER_BYTES_MAX <= archive.UNPACKED_BYTES_MAX
