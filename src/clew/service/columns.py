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

    @property
    def kind(self) -> str:
        """How the page keeps it: texts that differ, words that come again and again, numbers."""
        kinds = {pl.String: "text", pl.Categorical: "word", pl.Boolean: "boolean"}
        return kinds.get(type(self.dtype), "number")


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


ENTITIES = Columns(
    "EntityColumns",
    "One row an entity of a graph, by place.",
    (
        _column("id", pl.String, "The entity's id, 32 hexadecimal digits."),
        _column("row", pl.Int32, "Its row in the working set."),
        _column("type", pl.String, "Its type."),
        _column("role", pl.String, "Its type, or what it is of that type in particular."),
        _column("value", pl.String, "Its canonical value, live."),
        _column("label", pl.String, "Its value for the eye, defanged."),
        _column("x", pl.Float32, "Where it is drawn."),
        _column("y", pl.Float32, "Where it is drawn."),
        _column("degree", pl.Int32, "Its links in the graph."),
        _column("in_window", pl.UInt8, "In the window: 0 no, 1 unknown, 2 yes or no window."),
        _column("states", pl.String, "A line for each period of a state: name, tab, dates."),
        _column("tags", pl.String, "Its tags, a line each."),
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
        _column("type", pl.String, "Its type."),
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
        _column("first", pl.String, "When it was first seen, as exactly as was told."),
        _column("last", pl.String, "When it was last seen, as exactly as was told."),
        _column("provider", pl.String, "Who says so."),
        _column("run", pl.String, "The run's id."),
    ),
)
TABLES = (ENTITIES, LINKS, OBSERVATIONS)
"""Whole tables, as each is asked for by itself."""

UNKNOWN_DAY, OPEN_DAY = -(2**31), 2**31 - 1
"""In place of a day of which nothing was said, and of an end that still holds."""


_PLACES = (
    _column("place", pl.Int32, "Where the row is in the table as it is after the change."),
    _column("before", pl.Int32, "Where it was before; -1 where it is new."),
)


def _changed(table: Columns, **dtypes: type[pl.DataType]) -> Columns:
    """The columns of rows that changed: where each is, and then those of *dtypes*, as they are."""
    about = {one.name: one.about for one in table.columns}
    columns = (_column(name, dtype, about[name]) for name, dtype in dtypes.items())
    return Columns(table.name, f"{table.about[:-1]}, as far as they changed.", (*_PLACES, *columns))


CHANGED_ENTITIES = _changed(
    ENTITIES, id=pl.String, type=pl.Categorical, role=pl.Categorical, value=pl.String,
    label=pl.String, x=pl.Float32, y=pl.Float32, degree=pl.Int32, in_window=pl.UInt8,
    states=pl.Categorical, tags=pl.Categorical, star=pl.Boolean, pin=pl.Boolean, seed=pl.Boolean,
    noted=pl.Boolean, tlp=pl.UInt8, level=pl.UInt8, rest=pl.Int32,
)  # fmt: skip
CHANGED_LINKS = _changed(
    LINKS, source=pl.Int32, target=pl.Int32, type=pl.Categorical, score=pl.Float32,
    lineages=pl.Int32, observed=pl.Int32, in_window=pl.UInt8, dated=pl.Boolean,
)  # fmt: skip
CHANGED_OBSERVATIONS = Columns(
    OBSERVATIONS.name,
    "One row an observation of a graph's links, as far as they changed.",
    (
        *_PLACES,
        _column("link", pl.Int32, "Place of the link."),
        _column("first", pl.Int32, "First day that it may have begun, since 1970; -2^31 unknown."),
        _column("last", pl.Int32, "Last day of it; -2^31 unknown, 2^31-1 where it still holds."),
        _column("provider", pl.Categorical, "Who says so."),
        _column("run", pl.Categorical, "The run's id."),
    ),
)
GONE = Columns(
    "GoneColumns",
    "Rows that are gone, by where they were.",
    (
        _column("table", pl.UInt8, "Of entities 0, links 1, observations 2."),
        _column("place", pl.Int32, "Where the row was in the table as it was before the change."),
    ),
)
CHANGES = (CHANGED_ENTITIES, CHANGED_LINKS, CHANGED_OBSERVATIONS, GONE)
"""What changed of a graph's tables, in the order in which it is told."""

_VALUES = {"text": "string", "word": "string"}


def typescript() -> str:
    """The columns as the page's types, and how it keeps them; ``./dev types`` writes them."""
    lines = ["/** Made by ./dev types from service/columns.py; do not edit. */"]
    for table in CHANGES:
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
