"""Pasted text, whatever it is: lines of values, or prose with indicators in it."""

from __future__ import annotations

from clew.interop.text.extract import extract
from clew.schema.detect import LineProblem, read_lines
from clew.schema.registry import Catalogue
from clew.schema.value import Value


def read_any(text: str, catalogue: Catalogue) -> tuple[list[tuple[int, Value]], list[LineProblem]]:
    """
    The values of a text with their lines, and the lines that nothing was found in.

    Lines are read as values first (schema/detect.py); a line that is none is searched as prose.
    """
    values, problems = read_lines(text, catalogue)
    if not problems:
        return values, problems
    unread = {problem.line for problem in problems}
    known = set(values)
    found: set[int] = set()
    for one in extract(text, catalogue):
        if one.line not in unread:
            continue
        found.add(one.line)
        placed = (one.line, catalogue.entity_types[one.type].value.trusted(one.value))
        if placed not in known:
            known.add(placed)
            values.append(placed)
    values.sort(key=lambda placed: placed[0])
    return values, [problem for problem in problems if problem.line not in found]
