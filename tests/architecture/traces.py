"""Traces of the machine on which something was written, which mean nothing to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

TEXT_BYTES_MAX = 2_000_000
"""Larger files are data, not text that someone wrote."""

SKIPPED = frozenset({".git", "node_modules", "__pycache__", "dist", "build", "out"})
"""Built or foreign; ``.git`` is a folder in a clone, and a file that names one in a worktree."""

# The patterns are cut in two so that this file does not hold what it looks for.
_TRACE = re.compile(
    "|".join(
        (
            r"(?<![\w.])/wo" + r"rk/\w+",
            r"(?<![\w.])/ro" + r"ot/[\w.]+",
            r"(?<![\w.])/tm" + r"p/clew\b",
            r"\bfiles\.pyth" + r"onhosted\.org",
            r"\bpy" + r"pi\.org/simple",
            r"\bregistry\.np" + r"mjs\.org",
        )
    )
)


def trace_faults(texts: Mapping[str, str]) -> list[str]:
    """Lines (of texts by path) that name a folder of one machine, or a registry's host."""
    return [
        f"{path}:{number}: {found.group()}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        for found in _TRACE.finditer(line)
    ]


def written_texts(root: Path) -> Iterator[tuple[str, str]]:
    """The texts of the project: no hidden or built folder, no data, no binary."""
    for path in sorted(root.iterdir()):
        if path.name in SKIPPED or path.is_symlink():
            continue
        if path.is_dir():
            if not path.name.startswith(".") or path.name in (".ci", ".github"):
                yield from ((f"{path.name}/{inner}", text) for inner, text in written_texts(path))
        elif path.stat().st_size <= TEXT_BYTES_MAX:
            try:
                yield path.name, path.read_text("utf-8")
            except UnicodeDecodeError:
                continue
