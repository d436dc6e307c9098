"""Exports beside the investigation: names are checked, and nothing is overwritten."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from clew.errors import ClewError, FileFault, InvalidValue
from clew.interop.export_file import write_export


@pytest.mark.parametrize("name", ["../x", "/tmp/x", ".hidden", "a/b", "", "x" * 200])
def test_a_name_is_no_path(name: str, tmp_path: Path) -> None:
    """A name that could leave the folder or hide is refused."""
    with pytest.raises(InvalidValue):
        write_export(b"x", "csv", name, folder=tmp_path)


def test_a_file_that_can_not_be_written_whole_leaves_nothing(tmp_path: Path) -> None:
    """Where the disk takes only a part, no half file stays under the export's name."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(FileFault, match="can't be written"):
            write_export(b"x" * 1_000_000, "csv", "x", folder=tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second file of a name gets a number."""
    assert [write_export(b"x", "jsonl", "x", folder=tmp_path) for _ in "ab"] == [
        "x.jsonl",
        "x 2.jsonl",
    ]
    with pytest.raises(ClewError):
        write_export(b"x", "exe", "x", folder=tmp_path)
