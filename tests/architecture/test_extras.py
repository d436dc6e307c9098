"""What a test needs is in the repository; files beside it are extras, and missed ones counted."""

from __future__ import annotations

from pathlib import Path

import pytest

import shared


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of extras with one file; the count is put back afterwards."""
    monkeypatch.setattr(shared, "FOLDER", tmp_path)
    monkeypatch.setattr(shared, "missed", 0)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "README.md").touch()
    return tmp_path


def test_extras_that_are_here_are_given(folder: Path) -> None:
    """A file is its path; one that is not among the others is a fault, not a skip."""
    assert shared.shared("data/README.md") == folder / "data" / "README.md"
    assert shared.shared_files("data", "*.md") == [folder / "data" / "README.md"]
    for wrong in (lambda: shared.shared("data/b"), lambda: shared.shared_files("data", "*.txt")):
        with pytest.raises((FileNotFoundError, AssertionError)):
            wrong()
    assert shared.missed == 0


def test_extras_that_are_not_here_are_counted(folder: Path) -> None:
    """Each test that is skipped for want of them counts, in one place and with one reason."""
    (folder / "data" / "README.md").unlink()
    for number in (1, 2):
        with pytest.raises(pytest.skip.Exception, match=shared.REASON):
            shared.shared("data")
        assert shared.missed == number
