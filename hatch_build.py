"""Builds the page into the wheel; a source tree without Node keeps a page that was built before."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs the page's own build before files are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the page; an editable install leaves that to ``./dev web``."""
        web = Path(self.root) / "web"
        if version == "editable" or not web.is_dir():
            return
        npm = shutil.which("npm")
        if npm is None:
            if not (Path(self.root) / "src/clew/service/page/index.html").is_file():
                raise RuntimeError("Node 20 with npm is needed to build the page into the wheel.")
            return
        for command in (["ci", "--no-audit", "--no-fund"], ["exec", "--", "vite", "build"]):
            subprocess.run([npm, *command], cwd=web, check=True)  # noqa: S603
