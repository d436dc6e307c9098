"""Exports beside the investigation: names are checked, and nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.errors import ClewError, InvalidValue
from clew.interop.export_file import write_export


@pytest.mark.parametrize("name", ["../x", "/tmp/x", ".hidden", "a/b", "", "x" * 200])
def test_a_name_is_no_path(name: str, tmp_path: Path) -> None:
    """A name that could leave the folder or hide is refused."""
    with pytest.raises(InvalidValue):
        write_export(b"x", "csv", name, folder=tmp_path)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second file of a name gets a number."""
    assert [write_export(b"x", "jsonl", "x", folder=tmp_path) for _ in "ab"] == [
        "x.jsonl",
        "x 2.jsonl",
    ]
    with pytest.raises(ClewError):
        write_export(b"x", "exe", "x", folder=tmp_path)
