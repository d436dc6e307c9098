"""Archives of strangers: fifteen bad ones, each refused in words, and nothing unpacked to disk."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from clew.errors import InvalidValue
from clew.interop import archive
from clew.interop.archive import read_archive
from interop.archives import BAD, packed

pytestmark = pytest.mark.assurance("archives")


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
