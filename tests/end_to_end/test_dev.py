"""The script ``dev`` on a bare folder, with programs that only note what they are called with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTE = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\ncase "$*" in $FAILS) exit 1;; esac\n'
PROJECT = "[project]\nname = 'x'\n"


class Clone:
    """A folder with the script, a project file, locks, a page and an environment."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.calls = folder, folder / "calls"
        shutil.copy(ROOT / "dev", folder / "dev")
        self.write("pyproject.toml", PROJECT)
        for name in ("run", "dev", "uv"):
            self.write(f"requirements/{name}.txt", "")
        for name in ("index.html", "package.json", "package-lock.json", "vite.config.ts"):
            self.write(f"web/{name}", "")
        self.write("web/src/main.ts", "")
        self.write("src/clew/service/page/index.html", "")
        self.write(".venv/pyvenv.cfg", "version = 3.11\n")
        (folder / "web/node_modules").mkdir()
        python = folder / ".venv/bin/python"
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)
        for name in (".venv/bin/clew", ".venv/bin/ruff", ".venv/bin/typos", "bin/uv", "bin/npm",
                     "bin/npx"):  # fmt: skip
            self.write(name, NOTE)
            (folder / name).chmod(0o755)

    def write(self, path: str, text: str) -> None:
        """Save a file of the folder."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, "utf-8")

    def dev(self, *words: str, fails: str = "-", code: int = 0) -> list[str]:
        """What a call of the script called in its turn, without what looked for programs."""
        self.calls.write_text("")
        done = subprocess.run(
            ["bash", self.folder / "dev", *words], capture_output=True, text=True,
            env={**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
                 "CALLS": str(self.calls), "FAILS": fails},
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return self.calls.read_text().splitlines()


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_the_installation_is_that_of_the_project_file(clone: Clone) -> None:
    """One set may install what another does not know of: then the other installs again."""
    installs = "uv pip install"
    assert any(call.startswith(installs) for call in clone.dev("run", "x"))
    assert clone.dev("run", "x") == ["clew x"]
    clone.write("pyproject.toml", PROJECT + "# with a plug-in's entry point\n")
    assert any(call.startswith(installs) for call in clone.dev("lint", "code"))
    clone.write("pyproject.toml", PROJECT)
    assert any(call.startswith(installs) for call in clone.dev("run", "x"))


def test_the_page_is_built_from_its_sources_alone(clone: Clone) -> None:
    """A test of the page builds nothing; tools are installed when what locks them changes."""
    tools, build = "npm ci --no-audit --no-fund --silent", "npx vite build --logLevel warn"
    assert clone.dev("web") == [tools, build]
    assert clone.dev("web") == []
    for name in ("main.test.ts", "main.test.tsx", "testing.ts"):
        clone.write(f"web/src/{name}", "it")
    assert clone.dev("web") == []
    clone.write("web/src/main.ts", "changed")
    assert not any("vite" in call for call in clone.dev("lint", "page"))
    assert clone.dev("web") == [build]
    clone.write("web/package-lock.json", "changed")
    assert clone.dev("web") == [tools, build]


def test_no_fault_hides_another(clone: Clone) -> None:
    """Each check of a piece is made, and each piece, whatever the one before says."""
    clone.dev("lint", "code")
    ruff = ["ruff format --check .", "ruff check ."]
    assert clone.dev("lint", "code", fails="format*", code=1) == ruff
    page = ["npx tsc --noEmit", "npm run -s format:check", "npm run -s lint"]
    assert clone.dev("lint", "page", fails="tsc*", code=1)[-3:] == page


def test_what_a_tool_can_mend_is_mended(clone: Clone) -> None:
    """With --fix imports and formats are put right, and what is left is told."""
    clone.dev("lint", "page")
    assert clone.dev("lint", "--fix", "code")[-2:] == ["ruff check --fix .", "ruff format ."]
    assert clone.dev("lint", "--fix", "page") == [
        "npm run -s format", "npx tsc --noEmit", "npm run -s lint -- --fix"
    ]  # fmt: skip
    assert "--write-changes" in clone.dev("lint", "--fix", "spelling")[0]
