"""The shape of files: their size, their docstrings, the words they use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping

from architecture.source import Source

LINES_MAX = 300
"""Longest source file, in lines."""

CATCH_ALL = frozenset({"util", "utils", "helper", "helpers", "common", "misc", "tools", "shared"})
"""File and folder names under which a second subject hides."""

DRAWING_ROOMS = frozenset({"layout", "interop"})
"""Rooms that draw, or that speak a format which says node and edge."""

DRAWING_FILES: Mapping[str, str] = {
    "schema/declaration.py": "a YAML document is made of nodes",
    "schema/user_types.py": "a YAML document is made of nodes",
    "schema/user_value.py": "a YAML document is made of nodes",
    "playbook/format.py": "a YAML document is made of nodes",
}
"""Single files elsewhere that may say node or edge, and why."""

_DRAWN = re.compile(r"(?<![A-Za-z])(?:nodes?|edges?)(?![a-z])", re.IGNORECASE)


def size_faults(texts: Mapping[str, str]) -> list[str]:
    """Files (text by path) that are longer than a file may be."""
    lengths = {path: len(text.splitlines()) for path, text in texts.items()}
    return [
        f"{path}: {lines} lines, at most {LINES_MAX}"
        for path, lines in lengths.items()
        if lines > LINES_MAX
    ]


def docstring_faults(files: Iterable[Source]) -> list[str]:
    """Modules, public classes and public functions that do not say what they are."""
    faults = []
    for file in files:
        if file.tree.body and not ast.get_docstring(file.tree):
            faults.append(f"{file.path}: the module has no docstring")
        for thing in _public(file.tree.body):
            if not ast.get_docstring(thing):
                faults.append(f"{file.path}:{thing.lineno}: {thing.name} has no docstring")
    return faults


def word_faults(files: Iterable[Source]) -> list[str]:
    """Catch-all names of files, and node or edge outside of drawing code."""
    faults = []
    for file in files:
        for part in file.path.removesuffix(".py").split("/"):
            if part.strip("_") in CATCH_ALL:
                faults.append(f"{file.path}: {part} names no subject")
        picture = "picture" in file.path or "draw" in file.path
        if file.room in DRAWING_ROOMS or file.path in DRAWING_FILES or picture:
            continue
        for line, word in _words(file.tree):
            if _DRAWN.search(word):
                faults.append(f"{file.path}:{line}: {word[:40]!r} is a word of drawing code")
    return faults


_Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _public(body: Iterable[ast.stmt]) -> Iterable[_Named]:
    for thing in body:
        if not isinstance(thing, _Named) or thing.name.startswith("_"):
            continue
        names = [step.id for step in thing.decorator_list if isinstance(step, ast.Name)]
        if "overload" in names or "override" in names:
            continue
        yield thing
        if isinstance(thing, ast.ClassDef):
            yield from _public(thing.body)


def _words(tree: ast.Module) -> Iterable[tuple[int, str]]:
    """Names that the code makes, and its texts; not what it uses of others."""
    for step in ast.walk(tree):
        match step:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield step.lineno, step.name
            case ast.arg():
                yield step.lineno, step.arg
            case ast.Name(ctx=ast.Store()):
                yield step.lineno, step.id
            case ast.Constant(value=str() as text) if _DRAWN.search(text):
                yield step.lineno, next(part for part in text.split() if _DRAWN.search(part))
