"""Questions and commands of plug-ins in the terminal: a faulty one costs only itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCE = '''
from clew.questions.about import about
from clew.questions.question import Answer, AnswerRecord, BaseRequest, question

class SizeRequest(BaseRequest, frozen=True, kw_only=True):
    """Nothing."""

class SizeAnswer(Answer, frozen=True, kw_only=True):
    """A number."""
    rows: tuple[AnswerRecord, ...] = ()

@question("{name}", table="rows")
def size(bench: object, request: SizeRequest) -> SizeAnswer:
    """How large it is."""
    return SizeAnswer()
'''


def clew(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A run of the command with what is installed in a folder."""
    environment = {"PYTHONPATH": str(folder), "CLEW_KEYRING": "no", "CLEW_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "clew.cli.app", *words],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True,
    )  # fmt: skip


def install(folder: Path, group: str, module: str, source: str | None) -> None:
    """A package with one entry point; without a source its module is missing."""
    if source is not None:
        (folder / f"{module}.py").write_text(source, "utf-8")
    about = folder / f"{module}-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n")
    (about / "entry_points.txt").write_text(f"[{group}]\n{module} = {module}\n")


FAULTY = (
    ("questions", None, "No module named 'questions_0'"),
    ("questions", "import nothing_of_that_name", "No module named 'nothing_of_that_name'"),
    ("questions", "raise RuntimeError('out of order')", "out of order"),
    ("questions", SOURCE.format(name="about"), "the name about is taken"),
    ("questions", SOURCE.format(name="show"), "'clew show' is another verb"),
    ("questions", SOURCE.format(name="new"), "'clew new' is another verb"),
    ("questions", SOURCE.format(name="maltego"), "'clew maltego' is another verb"),
    ("commands", None, "No module named 'commands_7'"),
    ("commands", "1 / 0", "division by zero"),
)


def test_faulty_plug_ins_are_told_and_not_fatal(tmp_path: Path) -> None:
    """Verbs work as before; the help says what is left out and why, and so does a missing verb."""
    for at, (group, source, _) in enumerate(FAULTY):
        install(tmp_path, f"clew.{group}", f"{group}_{at}", source)
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
    install(tmp_path, "clew.questions", "added", SOURCE.format(name="graph-size"))
    shown = clew(tmp_path, "--help").stdout
    assert "graph-size" in shown.partition("Ask:")[2].partition("Judge:")[0]
    assert "Left out" not in shown
