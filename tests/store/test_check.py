"""What ``clew check`` tells of good and bad files."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from builders import observed
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.replies import StoredReply
from clew.store.salvage import salvage


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.clew"
    with Investigation.create(file) as case:
        for at in range(5):
            case.append([observed(f"n{at}.example -resolves-to-> 192.0.2.{at + 1}", at=at)])
    return file


def test_a_good_file(path: Path) -> None:
    """All entries are good and the digest is told."""
    report = check(path)
    assert report.good
    assert (report.entries, report.good_entries) == (6, 6)
    assert len(report.digest) == 64


def test_a_file_that_was_imported_is_known_to_the_log(path: Path) -> None:
    """Bytes that are stored with a change are named by the log, so that an edit is noticed."""
    reply = StoredReply.of(b"a table", "text/csv")
    with Investigation.open(path) as case:
        case.append([observed("x.example", at=9)], replies=[reply])
        assert case.append([observed("y.example", at=9)])[-1].change.block is not None
    assert check(path).good
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE reply SET media_type='text/plain'")
    connection.close()
    assert "The log knows nothing of the stored reply" in check(path).fault


def test_an_altered_entry_is_found_and_the_rest_saved(path: Path, tmp_path: Path) -> None:
    """Tampering is noticed at its entry; what lies before it can be copied."""
    connection = apsw.Connection(str(path))
    connection.execute(
        "UPDATE log SET head = CAST(replace(head, 'test', 'tset') AS BLOB) WHERE seq = 5"
    )
    connection.close()
    report = check(path)
    assert not report.good
    assert (report.entries, report.good_entries) == (6, 4)
    assert "entry 5" in report.fault
    assert salvage(path, tmp_path / "b.clew") == 4
    assert check(tmp_path / "b.clew").good


@pytest.mark.parametrize("body", [None, b"", b"not ours", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_investigation(tmp_path: Path, body: bytes | None) -> None:
    """Missing, empty, foreign and broken files are told, never raised."""
    file = tmp_path / "x.clew"
    if body is not None:
        file.write_bytes(body)
    report = check(file)
    assert not report.good
    assert report.lines()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is told so."""
    assert not check(tmp_path).good
