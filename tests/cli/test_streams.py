"""What comes of a verb whose output is closed, full or of another locale: sentences, no traces."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import pytest

from clew.cli.app import main
from cli.investigation import make_investigation
from cli.test_verbs import MAKERS, VERBS, needed

pytestmark = pytest.mark.assurance("sentences")
NAME = "имя-ж.clew"
SERVERS = {("open",), ("demo",), ("replicas",), ("trx", "serve")}
"""These go on until they are stopped."""
ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
Streams = Mapping[str, Callable[[], IO[str] | None]]
"""Standard output in each case; None is one that was closed before."""


def ascii_pipe() -> IO[str]:
    return io.TextIOWrapper(io.BytesIO(), "ascii")


def left_pipe() -> IO[str]:
    """A pipe whose reader is gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="ascii")


OUTPUTS: Streams = {
    "closed": lambda: None,
    "full": lambda: os.fdopen(os.open("/dev/full", os.O_WRONLY), "w", encoding="ascii"),
    "ascii": ascii_pipe,
    "left": left_pipe,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("streams")
    make_investigation(found / NAME)
    return found


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("words", sorted(set(VERBS) - SERVERS), ids=" ".join)
def test_no_verb_ends_in_a_trace(
    words: tuple[str, ...], output: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever becomes of its output, a verb ends with a code of the table and a sentence."""
    verb, out, err = VERBS[words], OUTPUTS[output](), io.TextIOWrapper(io.BytesIO(), "ascii")
    takes_file = bool(verb.params) and "The investigation" in (verb.params[0].help or "")
    more = [NAME] if takes_file and words not in MAKERS else []
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CLEW_HOME", str(folder / "home"))
    monkeypatch.setenv("CLEW_KEYRING", "no")
    monkeypatch.setattr(sys, "argv", ["clew", *words, *more, *needed(words)])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("ж.example\n".encode()), "ascii"))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as ended:
        main()
    err.flush()
    said = err.buffer.getvalue().decode() if isinstance(err.buffer, io.BytesIO) else ""
    assert ended.value.code in (0, 1, 2, 3, 4, 5)
    assert "a fault of Clew" not in said, said
    if isinstance(out, io.TextIOWrapper) and isinstance(out.buffer, io.BytesIO):
        out.buffer.getvalue().decode("utf-8")
    elif out is not None:
        out.close()


def ended(
    folder: Path,
    *words: str,
    redirect: str = "",
    text: bytes = b"",
    settings: Mapping[str, str] = {},
) -> subprocess.CompletedProcess[bytes]:
    """The end of a command that a shell starts."""
    environment = {
        **os.environ, "CLEW_HOME": str(folder / "home"), "CLEW_KEYRING": "no", **settings,
    }  # fmt: skip
    shell = f'exec "$0" -m clew.cli.app "$@" {redirect}'
    return subprocess.run(
        ["/bin/sh", "-c", shell, sys.executable, *words], cwd=folder, env=environment, input=text,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("redirect", [">&-", ">/dev/full", "<&- >&- 2>&-"])
def test_an_output_that_takes_nothing_is_told(redirect: str, folder: Path) -> None:
    """Closed or full it is one line on standard error and code 1; the file stays what it was."""
    before = (folder / NAME).read_bytes()
    found = ended(folder, "show", NAME, redirect=redirect)
    assert found.returncode == 1
    told = found.stderr.decode()
    assert told.startswith("clew: the output can't be written:") or "2>&-" in redirect
    assert len(told.splitlines()) <= 1
    assert (folder / NAME).read_bytes() == before


def test_pipes_are_utf_8_whatever_the_locale(folder: Path) -> None:
    """Text goes in and JSON comes out as UTF-8 where the locale knows ASCII only."""
    added = ended(folder, "add", NAME, "--json", text="пример.рф\n".encode(), settings=ASCII)
    assert (added.returncode, added.stderr) == (0, b"")
    assert json.loads(added.stdout)["added"]
    assert NAME.encode() in ended(folder, "new", f"2{NAME}", settings=ASCII).stdout


def test_input_that_is_no_text_is_told(folder: Path) -> None:
    """Bytes that are no UTF-8 are refused in a sentence."""
    found = ended(folder, "add", NAME, text=b"caf\xe9.example\n")
    assert found.returncode == 5
    assert found.stderr.startswith(b"clew: A text: it can't be read")


@pytest.mark.parametrize("length", [240, 245, 250, 255, 260, 5_000])
def test_a_name_that_is_too_long_is_told_and_leaves_nothing(length: int, tmp_path: Path) -> None:
    """A file is made whole, with room for its side files, or not at all."""
    found = ended(tmp_path, "new", "a" * length)
    if found.returncode:
        assert found.returncode == 5
        assert found.stderr.startswith(b"clew: ")
        assert len(found.stderr.splitlines()) == 1
        assert not list(tmp_path.glob("a*"))
    else:
        assert ended(tmp_path, "show", "a" * length).returncode == 0


def test_a_folder_that_can_t_be_written_is_told(tmp_path: Path) -> None:
    """Where nothing can be made a new investigation is a sentence."""
    for place in ("/proc/none/a.clew", "/dev/full/a.clew", "/dev/null/a.clew", "\udcff/a.clew"):
        found = ended(tmp_path, "new", place)
        assert found.returncode == 5, found.stderr
        assert found.stderr.startswith(b"clew: ")
        assert b"Traceback" not in found.stderr
