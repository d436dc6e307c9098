"""The corpus: what is made is what its makers make, and each folder says what it is."""

from __future__ import annotations

import pytest

from corpus.files import CORPUS, corpus
from corpus.make.__main__ import files
from corpus.make.archive import members

MADE = files()


@pytest.mark.parametrize("path", MADE)
def test_a_file_is_what_is_made(path: str) -> None:
    """An archive member by member: how well a compression does its work is no part of it."""
    held, made = corpus(path).read_bytes(), MADE[path]
    if made.startswith(b"PK"):
        assert members(held) == members(made)
    else:
        assert held == made


def test_each_folder_says_what_it_is() -> None:
    """What, shaped after what, and under which licence."""
    for folder in CORPUS.iterdir():
        if folder.is_dir() and folder.name not in ("make", "__pycache__"):
            assert "\nLicence: ours" in (folder / "README.md").read_text("utf-8"), folder.name
