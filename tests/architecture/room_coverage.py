"""How much of each source file the tests of its own room cover; run by ``./dev coverage``."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from coverage import Coverage

SHARE_MIN = 0.85
"""The least share of a file's statements that its room's tests run."""


def room_of(path: str) -> str:
    """The room of a path below ``src/clew`` or ``tests``: its folder; ``.`` for files in none."""
    first, _, rest = path.partition("/")
    return first if rest else "."


def covered_share(
    room: str, text: str, statements: Collection[int], rooms: Mapping[int, Collection[str]]
) -> float:
    """
    The share of a file's statements that a room's tests run, from 0 to 1.

    Args:
        room: The room that the file is in.
        text: The file's source.
        statements: First lines of its statements.
        rooms: By line, whose tests ran it. What stands outside of functions runs once, when the
            first test imports the file, so it counts for every room.
    """
    if not statements:
        return 1.0
    inside = _inside_functions(ast.parse(text))
    ran = sum(
        room in rooms.get(line, ()) or (line not in inside and bool(rooms.get(line)))
        for line in statements
    )
    return ran / len(statements)


def coverage_faults(coverage: Coverage, package: Path, rooms: Collection[str]) -> list[str]:
    """Files of rooms (all where none) that their tests cover too little, with the share."""
    data = coverage.get_data()
    shares: list[tuple[float, str]] = []
    for file in sorted(package.rglob("*.py")):
        path = file.relative_to(package).as_posix()
        room = room_of(path)
        if not rooms or room in rooms:
            _, statements, _, _, _ = coverage.analysis2(str(file))
            ran = data.contexts_by_lineno(str(file))
            shares.append((covered_share(room, file.read_text("utf-8"), statements, ran), path))
    return [f"{path}: {share:.0%}" for share, path in sorted(shares) if share < SHARE_MIN]


def _inside_functions(tree: ast.Module) -> set[int]:
    """Lines of the bodies of functions."""
    return {line for step in ast.walk(tree) for line in _body(step)}


def _body(step: ast.AST) -> Iterator[int]:
    if isinstance(step, ast.FunctionDef | ast.AsyncFunctionDef):
        for inner in step.body:
            yield from range(inner.lineno, (inner.end_lineno or inner.lineno) + 1)


def main() -> int:
    """Print the files that are covered too little; 1 where there is one."""
    coverage = Coverage()
    coverage.load()
    faults = coverage_faults(coverage, Path(__file__).parents[2] / "src" / "clew", sys.argv[1:])
    for fault in faults:
        sys.stdout.write(f"{fault} is run by the tests of its room\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
