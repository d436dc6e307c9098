"""Questions and commands of plug-ins in the terminal: a faulty one costs only itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from questions.plugins import SOURCE, write_package


def clew(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A run of the command with what is installed in a folder."""
    environment = {"PYTHONPATH": str(folder), "CLEW_KEYRING": "no", "CLEW_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "clew.cli.app", *words],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True,
    )  # fmt: skip


FAULTY = (
    ("questions", None, "No module named 'questions_0'"),
    ("questions", "import nothing_of_that_name", "No module named 'nothing_of_that_name'"),
    ("questions", "raise RuntimeError('out of order')", "out of order"),
    ("questions", SOURCE % "about", "the name about is taken"),
    ("questions", SOURCE % "show", "'clew show' is another verb"),
    ("questions", SOURCE % "new", "'clew new' is another verb"),
    ("questions", SOURCE % "maltego", "'clew maltego' is another verb"),
    ("commands", None, "No module named 'commands_7'"),
    ("commands", "1 / 0", "division by zero"),
)


def test_faulty_plug_ins_are_told_and_not_fatal(tmp_path: Path) -> None:
    """Verbs work as before; the help says what is left out and why, and so does a missing verb."""
    for at, (group, source, _) in enumerate(FAULTY):
        write_package(tmp_path, f"{group}_{at}", f"clew.{group}", source)
    made = clew(tmp_path, "new", "a.clew")
    assert (made.returncode, made.stdout, made.stderr) == (0, "a.clew: a new investigation.\n", "")
    shown = clew(tmp_path, "--help")
    assert shown.returncode == 0, shown.stderr
    listed = " ".join(shown.stdout.partition("Left out:")[2].split())
    missing = clew(tmp_path, "added", "a.clew")
    assert missing.returncode == 2
    for _, _, reason in FAULTY:
        assert reason in listed
        assert reason in missing.stderr


def test_a_sound_plug_in_has_its_verb(tmp_path: Path) -> None:
    """A question of a plug-in is listed among the questions, and nothing is left out."""
    write_package(tmp_path, "added", "clew.questions", SOURCE % "graph-size")
    shown = clew(tmp_path, "--help").stdout
    assert "graph-size" in shown.partition("Ask:")[2].partition("Judge:")[0]
    assert "Left out" not in shown
