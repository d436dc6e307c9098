"""The shell script of version 0.1, in a shell: each verb is a process of its own."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

KEPT = Path(__file__).parents[1] / "kept" / "0.1"


def test_a_shell_script_runs_unchanged(tmp_path: Path) -> None:
    """The analyst's script of 0.1 ends well."""
    shutil.copy(KEPT / "tendrit.clew", tmp_path / "tendrit.clew")
    command = tmp_path / "clew"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m clew.cli.app "$@"\n', "utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    environment = {
        **os.environ,
        "CLEW": str(command), "CLEW_HOME": str(tmp_path / "home"), "CLEW_KEYRING": "no",
    }  # fmt: skip
    script = str(KEPT / "script.sh")
    done = subprocess.run(
        ["bash", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "done"
