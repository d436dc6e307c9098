"""A whole copy while others write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clew.errors import FileFault, ForeignFile
from clew.store.backup import backup
from clew.store.check import check
from clew.store.investigation import Investigation

pytestmark = pytest.mark.assurance("two-writers")
WRITES, COPIES = 60, 8
WRITER = """
import sys
from clew.model.change import Change, Note
from clew.store.investigation import Investigation
with Investigation.open(sys.argv[1]) as case:
    for at in range(int(sys.argv[2])):
        case.append([Change(Note(f"note {at}"), at, "", "note")])
        print(at, flush=True)
"""


def test_a_copy_is_whole_while_another_process_writes(tmp_path: Path) -> None:
    """Each copy is a good file that ends at an entry which was acknowledged before or meanwhile."""
    path = tmp_path / "a.clew"
    Investigation.create(path).close()
    command = [sys.executable, "-c", WRITER, str(path), str(WRITES)]
    digests = []
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for number in range(COPIES):
            writer.stdout.readline()
            into = tmp_path / f"b{number}.clew"
            entries, digest = backup(path, into)
            report = check(into)
            assert (report.good, report.entries, report.digest) == (True, entries, digest)
            digests.append(digest)
        writer.stdout.read()
    assert writer.returncode == 0
    assert all(check(path, digest=digest).good for digest in digests)
    assert len(set(digests)) > 1


def test_a_copy_overwrites_nothing(tmp_path: Path) -> None:
    """What is there stays; what is no investigation is not copied; nothing is left half made."""
    path = tmp_path / "a.clew"
    Investigation.create(path).close()
    (tmp_path / "b.clew").write_text("mine")
    with pytest.raises(FileFault, match="already"):
        backup(path, tmp_path / "b.clew")
    with pytest.raises(ForeignFile):
        backup(tmp_path / "none.clew", tmp_path / "c.clew")
    with pytest.raises(FileFault):
        backup(path, tmp_path / "no" / "c.clew")
    assert (tmp_path / "b.clew").read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir() if one.name[0] != "a"] == ["b.clew"]
