"""What a test needs is in the repository; files beside it are extras, and missed ones counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shared


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of extras with one file."""
    monkeypatch.setattr(shared, "FOLDER", tmp_path)
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


def test_extras_that_are_not_here_are_skipped(folder: Path) -> None:
    """Each test that wants them is skipped for the one reason that is counted."""
    (folder / "data" / "README.md").unlink()
    with pytest.raises(pytest.skip.Exception, match=shared.REASON):
        shared.shared("data")


def test_what_was_skipped_is_told_at_the_end() -> None:
    """One line counts the extras, and one each other reason; without skips there is none."""
    assert shared.skip_lines([shared.REASON, "no X", shared.REASON]) == [
        "../shared is not here, so 2 extra checks were left out.",
        "1 skipped: no X.",
    ]
    assert shared.skip_lines([]) == []


def test_only_one_place_knows_where_they_are() -> None:
    """Tests and the fuzzer read what is in the repository, or ask for an extra as one."""
    root = Path(__file__).parents[2]
    found = [
        path.relative_to(root).as_posix()
        for folder in ("tests", "fuzz")
        for path in (root / folder).rglob("*.py")
        if re.search(r"""parents?\b.*["']shared["'/]""", path.read_text("utf-8"))
    ]
    assert found == ["tests/shared.py"]
