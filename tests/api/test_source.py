"""The methods of Case are made from the registries of questions and commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clew import api
from clew.api.source import main, sources

FOLDER = Path(api.__file__).parent


def test_the_made_files_are_those_of_the_registries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question, command or field that changed is changed in Python too; ./dev types does it."""
    monkeypatch.setattr(sys, "argv", ["source", str(tmp_path)])
    main()
    config = str(FOLDER.parents[2] / "pyproject.toml")
    command = [sys.executable, "-m", "ruff", "format", "-q", "--config", config, str(tmp_path)]
    subprocess.run(command, check=True)
    assert set(sources()) == {"questions.py", "commands.py"}
    for name in sources():
        made = (tmp_path / name).read_text("utf-8")
        assert (FOLDER / name).read_text("utf-8") == made, f"{name} is older: run ./dev types"
