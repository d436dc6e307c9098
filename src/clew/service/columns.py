"""The columns of a graph's Arrow tables: declared once, read by the service and by the page."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True, slots=True)
class ArrowColumn:
    """One column."""

    name: str
    dtype: pl.DataType
    about: str
    few: bool = False
    """Whether the same texts come again and again: readers keep each once."""

    @property
    def kind(self) -> str:
        """How the page keeps it."""
        if isinstance(self.dtype, pl.String):
            return "word" if self.few else "text"
        return "boolean" if isinstance(self.dtype, pl.Boolean) else "number"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, in order."""

    name: str
    about: str
    columns: tuple[ArrowColumn, ...]

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Type by name, as Polars takes it."""
        return {one.name: one.dtype for one in self.columns}


def _column(name: str, dtype: type[pl.DataType], about: str) -> ArrowColumn:
    return ArrowColumn(name, dtype(), about)


def _words(name: str, about: str) -> ArrowColumn:
    return ArrowColumn(name, pl.String(), about, few=True)


ENTITIES = Columns(
    "EntityColumns",
    "One row an entity of a graph, by place.",
    (
        _column("id", pl.String, "The entity's id, 32 hexadecimal digits."),
        _column("row", pl.Int32, "Its row in the working set."),
        _words("type", "Its type."),
        _words("role", "Its type, or what it is of that type in particular."),
        _column("value", pl.String, "Its canonical value, live."),
        _column("label", pl.String, "Its value for the eye, defanged."),
        _column("x", pl.Float32, "Where it is drawn."),
        _column("y", pl.Float32, "Where it is drawn."),
        _column("degree", pl.Int32, "Its links in the graph."),
        _column("in_window", pl.UInt8, "In the window: 0 no, 1 unknown, 2 yes or no window."),
        _words("states", "A line for each period of a state: name, tab, dates."),
        _words("tags", "Its tags, a line each."),
        _column("star", pl.Boolean, "Whether it is starred."),
        _column("pin", pl.Boolean, "Whether it is pinned."),
        _column("seed", pl.Boolean, "Whether the investigation began with it."),
        _column("noted", pl.Boolean, "Whether there is a note on it."),
        _column("tlp", pl.Int64, "Its marking, 0 to 5; 0 is none of its own."),
        _column("level", pl.Int64, "What counts: its own, the whole's, its sources', the default."),
        _column("rest", pl.Int64, "Rows that providers hold and did not send; -1 is some."),
    ),
)
LINKS = Columns(
    "LinkColumns",
    "One row a link of a graph, by place.",
    (
        _column("source", pl.Int32, "Place of the entity at its start."),
        _column("target", pl.Int32, "Place of the entity at its end."),
        _words("type", "Its type."),
        _column("score", pl.Float32, "Its corroboration, 0 to 1."),
        _column("lineages", pl.Int32, "Independent lineages of sources that speak for it."),
        _column("observed", pl.Int32, "Observations of it."),
        _column("in_window", pl.UInt8, "In the window: 0 no, 1 unknown, 2 yes or no window."),
        _column("dated", pl.Boolean, "Whether one of its observations has a date."),
    ),
)
OBSERVATIONS = Columns(
    "ObservationColumns",
    "One row an observation of a graph's links.",
    (
        _column("link", pl.Int32, "Place of the link."),
        _words("first", "When it was first seen, as exactly as was told."),
        _words("last", "When it was last seen, as exactly as was told."),
        _words("provider", "Who says so."),
        _words("run", "The run's id."),
    ),
)
TABLES = (ENTITIES, LINKS, OBSERVATIONS)

_VALUES = {"text": "string", "word": "string"}


def typescript() -> str:
    """The columns as the page's types, and how it keeps them; ``./dev types`` writes them."""
    lines = ["/** Made by ./dev types from service/columns.py; do not edit. */"]
    for table in TABLES:
        lines += ["", f"/** {table.about} */", f"export type {table.name} = {{"]
        for one in table.columns:
            value = _VALUES.get(one.kind, one.kind)
            lines += [f"  /** {one.about} */", f"  {one.name}: {value};"]
        lines += ["};", "", f"/** How the page keeps each column of {table.name}. */"]
        lines.append(f"export const {_constant(table.name)} = {{")
        lines += [f'  {one.name}: "{one.kind}",' for one in table.columns]
        lines.append("} as const;")
    return "\n".join(lines) + "\n"


def _constant(name: str) -> str:
    """``EntityColumns`` as ``ENTITY_COLUMNS``."""
    return "".join(f"_{one}" if one.isupper() else one for one in name).strip("_").upper()


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(typescript(), "utf-8")
