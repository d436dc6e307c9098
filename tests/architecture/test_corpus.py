"""The corpus: what is made is what its makers make, and each folder says what it is."""

from __future__ import annotations

import pytest

from clew.interop.formats import formats
from corpus.expected import expectation, expected_files
from corpus.files import CORPUS, corpus, corpus_files
from corpus.make.__main__ import files
from corpus.make.archive import members

MADE = files()


@pytest.mark.parametrize("path", MADE)
def test_a_file_is_what_is_made(path: str) -> None:
    """An archive member by member: how well a compression does its work is no part of it."""
    stored, made = corpus(path).read_bytes(), MADE[path]
    if made.startswith(b"PK"):
        assert members(stored) == members(made)
    else:
        assert stored == made


def test_each_readable_format_is_there() -> None:
    """Each format of graphs that is read has a file that is known and read as it should be."""
    there = {expectation(path).get("format") for path in expected_files()} - {None}
    assert there == {one.name for one in formats().of_graphs if one.read}


def test_each_file_is_told_what_it_gives() -> None:
    """No file of a format lacks its expectation; what is no graph has its own tests."""
    told = set(expected_files())
    others = {"scenario", "maltego", "mtz", "make", "__pycache__"}
    assert [
        path
        for path in corpus_files("*/*")
        if path.partition("/")[0] not in others and path not in told
    ] == []


def test_each_folder_says_what_it_is() -> None:
    """What, shaped after what, and under which licence."""
    for folder in CORPUS.iterdir():
        if folder.is_dir() and folder.name not in ("make", "__pycache__"):
            assert "\nLicence: ours" in (folder / "README.md").read_text("utf-8"), folder.name
