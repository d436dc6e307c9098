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
NOT_COPIED = shutil.ignore_patterns("__pycache__", "page", "node_modules")


class ScratchCopy:
    """The program's sources without what is built; its tests are read in place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "src" / "clew", folder / "src" / "clew", ignore=NOT_COPIED)

    def save(self, page: str) -> dict[str, str]:
        """Save the files that a page has its reader save; gives their texts by path."""
        found = dict(FILE.findall((PAGES / page).read_text("utf-8")))
        for path, text in found.items():
            target = self.folder / path
            assert not (ROOT / path).exists(), f"{path} is in the repository"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        return found

    def python(self, *arguments: str) -> str:
        """What a run of the interpreter on the copy writes."""
        paths = (self.folder / "src", self.folder, ROOT / "tests")
        return self._run(
            sys.executable, "-m", *arguments,
            PYTHONPATH=os.pathsep.join(map(str, paths)), CLEW_KEYRING="no",
            CLEW_HOME=str(self.folder / "home"),
        )  # fmt: skip

    def page(self) -> Path:
        """The page's sources beside the program's, with what they need."""
        web = self.folder / "web"
        shutil.copytree(ROOT / "web", web, ignore=NOT_COPIED, dirs_exist_ok=True)
        (web / "node_modules").symlink_to(ROOT / "web" / "node_modules")
        return web

    def panel_faults(self, panel: str) -> str:
        """What the compiler says of a panel, with types of the copy's service; empty is good."""
        web = self.page()
        self.python("clew.service.describe", str(web / "openapi.json"))
        self._run("npm", "run", "-s", "types", at=web)
        (web / "panel.json").write_text(
            json.dumps({"extends": "./tsconfig.json", "include": [panel]}), "utf-8"
        )
        return self._run("node", "node_modules/typescript/bin/tsc", "-p", "panel.json", at=web)

    def test_page(self, *tests: str) -> str:
        """What the page's own tests write."""
        return self._run("node", "node_modules/vitest/vitest.mjs", "run", *tests, at=self.page())

    def _run(self, *command: str, at: Path | None = None, **settings: str) -> str:
        done = subprocess.run(
            command, cwd=at or self.folder, capture_output=True, text=True,
            env={**os.environ, **settings},
        )  # fmt: skip
        return done.stdout + done.stderr
