"""No value is part of a statement: SQL is the program's own text, and values are bound to it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from architecture.source import Source

TAKES = {"execute": 0, "executemany": 0, "pragma": 0, "read_row": 1, "read_rows": 1}
"""Functions and methods that are given SQL, or the name of a pragma, and as which argument."""
_STATEMENT = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|ATTACH|PRAGMA|VACUUM|WITH) ?\b"
    r"|.*\b(?:FROM|WHERE|VALUES|ORDER BY|SAVEPOINT)\b",
    re.DOTALL,
)


def statement_faults(files: Iterable[Source]) -> list[str]:
    """Where a statement is made of anything but the program's own text and constants."""
    return [
        f"{file.path}:{step.lineno}: a statement is made with {ast.unparse(part)}"
        for file in files
        for step in ast.walk(file.tree)
        if isinstance(step, ast.expr)
        for part in _foreign(step)
    ]


def _foreign(step: ast.expr) -> Iterator[ast.expr]:
    """Parts of a text that is a statement, or is handed on as one, which are no constants."""
    if isinstance(step, ast.Call):
        name = step.func.attr if isinstance(step.func, ast.Attribute) else ast.unparse(step.func)
        if name in TAKES and len(step.args) > TAKES[name]:
            sql = step.args[TAKES[name]]
            if isinstance(sql, ast.Call | ast.BinOp | ast.Subscript):
                yield sql
    if _is_statement(step):
        yield from (part for part in _parts(step) if not _is_constant(part))


def _is_statement(step: ast.expr) -> bool:
    """Whether a text that is put together begins as SQL does, or goes on so."""
    if not isinstance(step, ast.JoinedStr | ast.BinOp | ast.Call):
        return False
    texts = (part.value for part in _parts(step) if isinstance(part, ast.Constant))
    return any(isinstance(text, str) and _STATEMENT.match(text) for text in texts)


def _parts(step: ast.expr) -> Iterator[ast.expr]:
    """What an f-string, a sum, a format or a join is put together of."""
    if isinstance(step, ast.JoinedStr):
        for part in step.values:
            yield part.value if isinstance(part, ast.FormattedValue) else part
    elif isinstance(step, ast.BinOp):
        yield from _parts(step.left)
        yield from _parts(step.right)
    elif isinstance(step, ast.Call):
        method = step.func.attr if isinstance(step.func, ast.Attribute) else ""
        if isinstance(step.func, ast.Attribute) and method in ("format", "join", "replace"):
            yield step.func.value
            yield from step.args
            yield from (word.value for word in step.keywords)
    else:
        yield step


def _is_constant(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) or (
        isinstance(part, ast.Name) and part.id.isupper() and not part.id.startswith("_" * 2)
    )
