"""Printing: tables for people, JSON for programs, values defanged for the eye."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

ROWS_SHOWN_MAX = 50
"""Rows of a table for people; JSON gives all."""


def print_json(data: Any) -> None:
    """One JSON value on standard output."""
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(data, enc_hook=str), indent=2)
    sys.stdout.write(text.decode() + "\n")


def print_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    most: int = ROWS_SHOWN_MAX,
    total: int | None = None,
    empty: bool = True,
    limited: bool = False,
) -> None:
    """
    A table; a cut is told below it.

    Args:
        title: A line above it.
        columns: Names of the columns.
        rows: What the cells say.
        most: Rows that are shown.
        total: How many rows there are, where they were cut before.
        empty: Whether a table without rows is shown.
        limited: Whether it was cut before by a limit that the user set.
    """
    from rich.table import Table
    from rich.text import Text

    cells = [tuple(map(str, row)) for row in rows]
    if not cells and not empty:
        return
    say(title, style="italic")
    table = Table(header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells[:most]:
        table.add_row(*(Text(clean(cell)) for cell in row))
    out().print(table)
    there = max(len(cells), total or 0)
    if there > min(most, len(cells)):
        more = "--json gives all"
        if limited and there > len(cells):
            more = "a larger --limit gives more"
            more = more if len(cells) <= most else "--json and a larger --limit give more"
        say(f"… {min(most, len(cells))} of {there} shown; {more}.")


def say(text: str, *, style: str = "") -> None:
    """A line for a person, as text only."""
    from rich.text import Text

    out().print(Text(clean(text), style=style), soft_wrap=True)


def say_aside(text: str) -> None:
    """A line on standard error, so that standard output stays one JSON value."""
    sys.stderr.write(clean(text) + "\n")


def out() -> Any:
    """The console on standard output."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def clean(text: str) -> str:
    """What nobody sees made visible: no value can drive the terminal, or hide a part of itself."""
    from clew.schema.look_alikes import UNSEEN

    text = text if text.isascii() else UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def safe(value: object) -> str:
    """A value, or a sentence with values in it, for the eye: what opens is defanged."""
    from clew.schema.refang import defang, defang_words
    from clew.schema.value import Value

    return defang(value) if isinstance(value, Value) else defang_words(str(value))
