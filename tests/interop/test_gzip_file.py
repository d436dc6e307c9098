"""Gzip is undone, and what is damaged is refused."""

from __future__ import annotations

import gzip

import pytest

from clew.errors import InvalidValue
from clew.interop import gzip_file
from clew.interop.gzip_file import gunzip

pytestmark = pytest.mark.assurance("archives")


def test_gzip_is_undone_and_other_bytes_stay() -> None:
    """What is packed comes out; what is not stays as it is."""
    assert gunzip(gzip.compress(b"x" * 99)) == b"x" * 99
    assert gunzip(b"plain") == b"plain"


@pytest.mark.parametrize("data", [b"\x1f\x8bxx", gzip.compress(b"x" * 99, mtime=0)[:-9]])
def test_damaged_gzip_is_refused(data: bytes) -> None:
    """A damaged file is refused in words."""
    with pytest.raises(InvalidValue, match="can't be unpacked"):
        gunzip(data)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What grows over the bound is refused."""
    monkeypatch.setattr(gzip_file, "UNPACKED_BYTES_MAX", 98)
    with pytest.raises(InvalidValue, match="over 98 bytes"):
        gunzip(gzip.compress(b"x" * 99))
