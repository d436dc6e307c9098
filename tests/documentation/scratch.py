"""A scratch copy of the parts of the repository that a how-to page changes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "how-to"
FILE = re.compile(r"Save this as `([^`]+)`[^\n]*\n+```\w+\n(.*?)```", re.DOTALL)
LINES = re.compile(r"Add to `([^`]+)`, below `([^`]+)`:\n+```\w+\n(.*?)```", re.DOTALL)
NOT_COPIED = shutil.ignore_patterns("__pycache__", "page", "node_modules")


class ScratchCopy:
    """The program's sources without what is built; its tests are read in place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("src/clew", "web"):
            shutil.copytree(ROOT / part, folder / part, ignore=NOT_COPIED)
        (folder / "web/node_modules").symlink_to(ROOT / "web/node_modules")

    def follow(self, page: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
        """Do what a page tells; gives files by path, and (path, line above, lines) of additions."""
        text = (PAGES / page).read_text("utf-8")
        added: list[tuple[str, str, str]] = LINES.findall(text)
        for path, above, lines in added:
            target = self.folder / path
            before = target.read_text("utf-8")
            assert before.count(f"{above}\n") == 1, f"{path} has no line {above}"
            target.write_text(before.replace(f"{above}\n", f"{above}\n{lines}"), "utf-8")
        found = dict(FILE.findall(text))
        for path, text in found.items():
            target = self.folder / path
            assert not (ROOT / path).exists(), f"{path} is in the repository"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        return found, added

    def python(self, *arguments: str) -> str:
        """What a run of the interpreter on the copy writes."""
        paths = (self.folder / "src", self.folder, ROOT / "tests")
        return self._run(
            sys.executable, "-m", *arguments,
            PYTHONPATH=os.pathsep.join(map(str, paths)), CLEW_KEYRING="no",
            CLEW_HOME=str(self.folder / "home"),
        )  # fmt: skip

    def code_faults(self, *paths: str) -> str:
        """What formatter and linter say of Python files of the copy; empty is good."""
        ruff = (sys.executable, "-m", "ruff")
        config = ("--quiet", "--no-cache", "--config", str(ROOT / "pyproject.toml"), *paths)
        return self._run(*ruff, "check", *config) + self._run(*ruff, "format", "--check", *config)

    def page_types(self) -> None:
        """Write the page's types from the copy's own service."""
        self.python("clew.service.describe", "web/openapi.json")
        self._run("npm", "run", "-s", "types", at=self.folder / "web")

    def page_faults(self, *files: str) -> str:
        """What compiler, formatter and linter say of files of the page; empty is good."""
        web, bin_ = self.folder / "web", "node_modules/"
        compiled = {"extends": "./tsconfig.json", "include": files}
        (web / "tsconfig.some.json").write_text(json.dumps(compiled), "utf-8")
        return "".join(
            self._run("node", f"{bin_}{command}", *words, at=web)
            for command, words in (
                ("typescript/bin/tsc", ("-p", "tsconfig.some.json")),
                ("prettier/bin/prettier.cjs", ("--log-level=warn", "--check", *files)),
                ("eslint/bin/eslint.js", files),
            )
        )

    def test_page(self, *tests: str) -> str:
        """What the page's own tests write."""
        web = self.folder / "web"
        return self._run("node", "node_modules/vitest/vitest.mjs", "run", *tests, at=web)

    def _run(self, *command: str, at: Path | None = None, **settings: str) -> str:
        done = subprocess.run(
            command, cwd=at or self.folder, capture_output=True, text=True,
            env={**os.environ, **settings},
        )  # fmt: skip
        return done.stdout + done.stderr
