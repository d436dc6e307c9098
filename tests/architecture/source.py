"""A tree of source files, read once and never imported, for the checks of this folder."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder."""


@dataclass(frozen=True)
class Source:
    """One Python file of the package."""

    path: str
    """Below the package's folder, with slashes: ``graph/view.py``."""
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The first folder; for a file of the package itself its stem."""
        first, _, rest = self.path.partition("/")
        return first if rest else first.removesuffix(".py")

    @property
    def package(self) -> str:
        """The folder it is in: ``providers/local``; empty for the package itself."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Imported:
    """One name that a file imports, with the line."""

    name: str
    """Dotted, as far as it is a module or a name in one: ``clew.errors.BadReply``."""
    module: str
    """The module that is named in the statement."""
    line: int


def source(path: str, text: str) -> Source:
    """A file from its text."""
    return Source(path, text, ast.parse(text, path))


def read_tree(folder: Path) -> tuple[Source, ...]:
    """All Python files below *folder*, by path."""
    return tuple(
        source(path.relative_to(folder).as_posix(), path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.py"))
    )


@cache
def clew() -> tuple[Source, ...]:
    """The package as it is now."""
    return read_tree(ROOT / "src" / "clew")


def imports(file: Source, *, types: bool = True) -> Iterator[Imported]:
    """
    Every import of the file, wherever it stands; a relative one is named by its dots.

    Args:
        file: The file.
        types: Whether those below ``if TYPE_CHECKING`` are told too, which never run.
    """
    for step in _steps(file.tree, types=types):
        if isinstance(step, ast.Import):
            for alias in step.names:
                yield Imported(alias.name, alias.name, step.lineno)
        elif isinstance(step, ast.ImportFrom):
            module = "." * step.level + (step.module or "")
            for alias in step.names:
                yield Imported(f"{module}.{alias.name}", module, step.lineno)


@cache
def _imports(file: Source) -> tuple[Imported, ...]:
    """All of them, for who asks again and again."""
    return tuple(imports(file))


def _steps(tree: ast.AST, *, types: bool) -> Iterator[ast.AST]:
    for below in ast.iter_child_nodes(tree):
        never = isinstance(below, ast.If) and ast.unparse(below.test) == "TYPE_CHECKING"
        if types or not never:
            yield below
            yield from _steps(below, types=types)


@cache
def aliases(file: Source) -> dict[str, str]:
    """What each imported short name stands for: ``np`` for ``numpy``."""
    known: dict[str, str] = {}
    for step in ast.walk(file.tree):
        if isinstance(step, ast.Import):
            known |= {alias.asname: alias.name for alias in step.names if alias.asname}
        elif isinstance(step, ast.ImportFrom) and not step.level:
            known |= {
                alias.asname or alias.name: f"{step.module}.{alias.name}" for alias in step.names
            }
    return known


def dotted(expression: ast.expr, known: dict[str, str]) -> str:
    """A chain of names in full (``numpy.random.rand``); empty for anything else."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return ""
    return ".".join([known.get(expression.id, expression.id), *reversed(parts)])


def uses(file: Source, names: Collection[str]) -> Iterator[tuple[str, int]]:
    """
    Which of some modules, functions and methods a file imports or names, each with its line.

    Args:
        file: The file.
        names: In full (``os.system``, ``eval``); with a dot before it a method, of whatever value.
    """
    known = aliases(file)
    found = _imports(file)
    modules = {one.name.partition(".")[0] for one in found}
    last = {name.rpartition(".")[2] for name in names}
    for one in found:
        for name in names:
            if f"{one.name}.".startswith(f"{name}."):
                yield name, one.line
    for step in ast.walk(file.tree):
        if isinstance(step, ast.Attribute) and step.attr in last:
            name = dotted(step, known)
            root = name.partition(".")[0]
            if name in names and root in modules:
                yield name, step.lineno
            elif f".{step.attr}" in names:
                yield f".{step.attr}", step.lineno
        elif isinstance(step, ast.Name):
            name = known.get(step.id, step.id)
            if name in names and (name != step.id or hasattr(builtins, name)):
                yield name, step.lineno
