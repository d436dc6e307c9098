"""What only a process of its own shows; all else about commands is tested in this process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

CLEW = (sys.executable, "-m", "clew.cli.app")


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "CLEW_HOME": str(folder / "home"), "CLEW_KEYRING": "no"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*CLEW, *words], cwd=folder, env=environment, stdin=pipe, stdout=pipe, stderr=pipe,
        text=True,
    )  # fmt: skip


def test_a_command_works_from_standard_input_to_a_file(tmp_path: Path) -> None:
    """Pasted text goes in, one JSON value comes out, and the investigation is on disk."""
    with started(tmp_path, "new", "a.clew") as process:
        assert process.communicate(timeout=60) == ("a.clew: a new investigation.\n", "")
    with started(tmp_path, "add", "a.clew", "--json") as process:
        out, err = process.communicate("a[.]example\n192.0.2[.]1\n", timeout=60)
    assert (process.returncode, err) == (0, "")
    assert len(json.loads(out)["added"]) == 2
    assert (tmp_path / "a.clew").stat().st_size > 0


def test_a_reader_that_leaves_and_ctrl_c_end_it_quietly(tmp_path: Path) -> None:
    """A pipe that is closed gives 1, Ctrl-C gives 130, and neither a trace."""
    with started(tmp_path, "transforms", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1
    with started(tmp_path, "open", "a.clew", "--no-browser") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = next(line for line in process.stdout if line.startswith("http://"))
        assert "/enter?token=" in address
        process.send_signal(signal.SIGINT)
        ended = process.stderr.read()
        assert "Traceback" not in ended
        # It was no run, so there is none to go on with.
        assert ended.endswith("clew: Stopped. What was acknowledged is in the file.\n")
    assert process.returncode == 130


def test_the_shell_finds_its_help() -> None:
    """``clew --help`` lists the verbs and the exit codes."""
    done = subprocess.run([*CLEW, "--help"], capture_output=True, text=True, check=True)
    assert "130 stopped" in done.stdout
    assert {"new", "add", "run", "open"} <= set(done.stdout.split())
    assert done.stderr == ""
