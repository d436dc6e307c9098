"""A report as Markdown, for a wiki or a ticket; values are code spans and stay inert."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clew.interop.report.content import ReportContent
from clew.interop.report.tables import Table

_SPECIAL = re.compile(r"([\\`*_\[\]#!|<>&~$:@]|(?<=www)\.)")
"""What could begin markup inside a line, and what bare addresses are recognised by."""


def markdown(content: ReportContent) -> str:
    """
    The report without its pictures.

    Marks of Markdown in values are escaped, and values stand in code spans, so that no link,
    picture or element comes of one (CommonMark 0.31, sections 2.4 and 6.1).
    """
    lines = [f"**{_text(content.marking)}**", "", f"# {_text(content.title)}", ""]
    lines += [f"{_text(line)}\n" for line in content.summary]
    lines += [f"{_text(content.stamp)}", ""]
    for table in content.tables:
        lines += _table(table)
    lines += ["## Method", ""]
    lines += [f"- {_text(line)}" for line in content.method]
    lines += ["", f"**{_text(content.marking)}**", ""]
    return "\n".join(lines)


def _table(table: Table) -> Iterator[str]:
    yield f"## {_text(table.title)}"
    yield ""
    if table.note:
        yield f"{_text(table.note)}\n"
    if len(table.rows) < table.known:
        yield f"{len(table.rows)} of {table.known} are listed.\n"
    yield f"| {' | '.join(_text(head) for head in table.heads)} |"
    yield f"|{'---|' * len(table.heads)}"
    for row in table.rows:
        yield f"| {' | '.join(_code(cell) for cell in row)} |"
    yield ""


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _code(text: str) -> str:
    """A code span; a bar ends a cell even in one, so it is escaped, and ticks become quotes."""
    plain = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{plain}`" if plain else ""
