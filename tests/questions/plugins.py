"""Plug-ins as they are installed: a module, and the entry point that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCE = '''
from clew.questions.about import about
from clew.questions.question import Answer, AnswerRecord, BaseRequest, question

class SizeRequest(BaseRequest, frozen=True, kw_only=True):
    """Nothing."""

class SizeAnswer(Answer, frozen=True, kw_only=True):
    """A number."""
    rows: tuple[AnswerRecord, ...] = ()

@question("%s", table="rows")
def size(bench: object, request: SizeRequest) -> SizeAnswer:
    """How large it is."""
    return SizeAnswer()
'''
"""A module with a question, but for its name."""


def install(patch: pytest.MonkeyPatch, folder: Path, module: str, group: str, source: str) -> None:
    """Make a module importable and named by an entry point of a group, for one test."""
    write_package(folder, module, group, source)
    patch.syspath_prepend(str(folder))


def write_package(folder: Path, module: str, group: str, source: str | None) -> None:
    """An installed package with one entry point; without a source its module is missing."""
    if source is not None:
        (folder / f"{module}.py").write_text(source, "utf-8")
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[{group}]\n{module} = {module}\n")
