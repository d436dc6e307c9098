"""Files that a stranger made: each is used by verbs, and ends in a state or a sentence."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from clew.errors import ClewError, DamagedFile
from clew.graph.digest import state_digest
from clew.graph.working_set import WorkingSet
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from clew.store.store import Store
from store.forgery import make
from store.hostile_files import HOSTILE, READABLE, change_of, edited, links_by_the_million

pytestmark = pytest.mark.assurance("hostile-file", "resources", "malformed-files")

SECONDS_MAX = 10
MEMORY_KB_MAX = 512 * 1024
ADDRESSES_BYTES_MAX = 6 * 1024**3
"""Where a child that would take all of the machine ends; its memory is measured, not this."""
SENTENCE_FAULT = 5
CHILD = Path(__file__).with_name("open_hostile.py")


def _bound_child() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES_BYTES_MAX, ADDRESSES_BYTES_MAX))


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """How each verb ended on each kind of file, by kind."""
    kinds = {}
    for kind, build in HOSTILE.items():
        path = tmp_path_factory.mktemp("hostile") / "a.clew"
        build(path)
        kinds[str(path)] = kind
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "CLEW_HOME": str(home), "CLEW_KEYRING": "no"}
    done = subprocess.run(
        [sys.executable, str(CHILD), *kinds], env=environment, capture_output=True, timeout=170,
        check=False, preexec_fn=_bound_child,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    assert b"panicked" not in done.stderr
    found = [msgspec.json.decode(line) for line in done.stdout.splitlines()]
    return {kinds[one["path"]]: one for one in found}


@pytest.mark.parametrize("kind", HOSTILE)
def test_each_verb_ends_in_words(used: dict[str, Any], kind: str) -> None:
    """No verb shows a traceback, takes long or much; what makes no sense is refused by each."""
    one = used[kind]
    for verb, (code, words) in one["verbs"].items():
        assert "Traceback" not in words, (verb, words)
        assert code in (0, 1, 2, 3, 4, SENTENCE_FAULT), (verb, code, words)
        assert words.strip(), verb
    assert one["seconds"] < SECONDS_MAX
    assert one["peak_kb"] < MEMORY_KB_MAX
    refused = {one["verbs"][verb][0] for verb in ("show", "export", "undo", "add")}
    if kind not in READABLE:
        assert refused == {SENTENCE_FAULT}
        assert one["verbs"]["check"][0] == SENTENCE_FAULT


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_opens_is_the_fold_of_its_log(tmp_path: Path, kind: str) -> None:
    """A file that opens has the state that its verified entries give, one after the other."""
    path = tmp_path / "a.clew"
    HOSTILE[kind](path)
    try:
        with Investigation.open(path, readonly=True) as case:
            digest = state_digest(case.state)
    except ClewError:
        return
    store, state = Store.open(path, readonly=True), WorkingSet()
    for entry in store.entries():
        state.extend(entry)
    store.close()
    assert state_digest(state) == digest


def test_what_was_salvaged_opens(tmp_path: Path) -> None:
    """Of a log that ends in nonsense the entries before it are copied, and are good."""
    from clew.store.salvage import salvage

    for kind in ("reverts in a chain", "too many names", "huge dates"):
        path, into = tmp_path / f"{kind}.clew", tmp_path / f"{kind} saved.clew"
        HOSTILE[kind](path)
        assert salvage(path, into) >= 5
        assert check(into).good
        Investigation.open(into).close()


def test_a_file_that_is_new_here_is_proven(tmp_path: Path) -> None:
    """Tables that say what the log does not are refused where the file was never seen."""
    path, machine = tmp_path / "a.clew", MachineFolder(tmp_path / "machine")
    HOSTILE["forged runs"](path)
    with pytest.raises(DamagedFile, match="The table run is not what the log says"):
        Investigation.open(path, machine=machine)


def test_a_repaired_chain_is_another_history(tmp_path: Path) -> None:
    """Who has the digest from before notices a log that was edited and chained anew."""
    path = tmp_path / "a.clew"
    make(path)
    digest = check(path).digest
    path.unlink()
    edited(path)
    assert not check(path, digest=digest).good


def test_a_bomb_is_told_before_it_is_unpacked(tmp_path: Path) -> None:
    """The words say what it would come to; entries before it can be read."""
    path = tmp_path / "a.clew"
    links_by_the_million(path)
    assert path.stat().st_size < 400_000
    with pytest.raises(DamagedFile, match=r"entry 6 .*it would unpack to \d+ bytes more") as fault:
        Investigation.open(path)
    assert fault.value.readable_seq == 5


def test_reading_that_never_ends_is_ended(tmp_path: Path) -> None:
    """A table whose pages lead to one another is told as damage after a bounded number of steps."""
    path = tmp_path / "a.clew"
    HOSTILE["pages in a circle"](path)
    store = Store.open(path, readonly=True)
    with pytest.raises(DamagedFile, match="interrupted"):
        store.runs()
    store.close()


def test_a_refused_file_is_as_it_was(tmp_path: Path) -> None:
    """Trying to open and to change it writes nothing into it."""
    path = tmp_path / "a.clew"
    HOSTILE["trigger"](path)
    before = path.read_bytes()
    with pytest.raises(DamagedFile), Investigation.open(path) as case:
        case.append([change_of("b.example")])
    assert path.read_bytes() == before


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    """A change that opening would refuse is refused when it is made."""
    from builders import decided
    from clew.model.change import Mark, Revert

    with Investigation.create(tmp_path / "a.clew") as case:
        for what in (Mark(tlp=99), Revert((7,))):
            with pytest.raises(ClewError, match="is not a valid change"):
                case.append([decided(what)])
        assert case.store.tail[0] == case.state.seq == 1
