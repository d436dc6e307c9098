"""Plug-ins as they are installed: a module, and the entry point that names it."""

from __future__ import annotations

from pathlib import Path

import pytest


def install(patch: pytest.MonkeyPatch, folder: Path, module: str, group: str, source: str) -> None:
    """Make a module importable and named by an entry point of a group, for one test."""
    (folder / f"{module}.py").write_text(source, "utf-8")
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[{group}]\n{module} = {module}\n")
    patch.syspath_prepend(str(folder))
