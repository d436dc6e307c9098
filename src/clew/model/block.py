"""A batch of observations as columns: what one run or one import brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from clew.model.growing_table import GrowingTable
from clew.model.interval import UNDATED, Interval

ENTITY_COLUMNS = {"type": pl.UInt16, "value": pl.String, "provenance": pl.UInt32}
LINK_COLUMNS = {
    "source": pl.UInt32,
    "type": pl.UInt16,
    "target": pl.UInt32,
    "first": pl.Int64,
    "last": pl.Int64,
    "precision": pl.UInt8,
    "provenance": pl.UInt32,
    "collectors": pl.UInt16,
    "detail": pl.String,
}
PROPERTY_COLUMNS = {
    "entity": pl.UInt32,
    "name": pl.UInt16,
    "value": pl.String,
    "first": pl.Int64,
    "last": pl.Int64,
    "precision": pl.UInt8,
    "provenance": pl.UInt32,
    "collectors": pl.UInt16,
}
STATE = "state"
"""Name of the property whose values are states (schema/states.py)."""
ORIGINAL = "original:"
"""Head of the names of properties that keep, word for word, what a file said of an entity."""


def collector_text(names: Iterable[str]) -> str:
    """Names of collectors as one text, sorted, each once; no name holds a comma."""
    return ",".join(sorted(set(names))) if names else ""


def collector_names(text: str) -> tuple[str, ...]:
    """The names of collectors that a text of ``collector_text`` holds."""
    return tuple(name for name in text.split(",") if name)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """
    Observations in three tables; indexes and codes are local to the block.

    ``entities``: one row per distinct entity: type (code into *names*), value, provenance.
    ``links``: one row per observation: source and target (rows of ``entities``), type and
    collectors (codes), first and last (seconds since 1970, see Interval.seconds), precision
    (Interval.precision_code), provenance (index into the change's list), detail (JSON or null).
    ``properties``: one row per observation: entity, name (code), value, and the same rest.
    Collectors are the vendor's own sources, as ``collector_text`` joins them.
    """

    names: tuple[str, ...]
    entities: pl.DataFrame = field(repr=False)
    links: pl.DataFrame = field(repr=False)
    properties: pl.DataFrame = field(repr=False)

    @property
    def rows(self) -> int:
        """Number of rows of all three tables."""
        return self.entities.height + self.links.height + self.properties.height


def _columns(seen: Interval) -> tuple[int, int, int]:
    first, last = seen.seconds
    return first, last, seen.precision_code


_UNTOLD = _columns(UNDATED)


class BlockBuilder:
    """Collects observations row by row or in columns; a block that is there needs none."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._rows: dict[int, dict[str, int]] = {}
        self._entities = GrowingTable(ENTITY_COLUMNS)
        self.links = GrowingTable(LINK_COLUMNS)
        """May grow by whole columns too; types and collectors are codes."""
        self.properties = GrowingTable(PROPERTY_COLUMNS)

    def __len__(self) -> int:
        return len(self._entities) + len(self.links) + len(self.properties)

    def entity(self, type_name: str, value: str, provenance: int) -> int:
        """The row of the entity, added when new; *value* is canonical."""
        code = self.code(type_name)
        rows = self._rows.get(code)
        if rows is None:
            rows = self._rows[code] = {}
        row = rows.get(value)
        if row is None:
            row = rows[value] = len(self._entities)
            self._entities.append(code, value, provenance)
        return row

    def rows_of(self, type_name: str) -> Mapping[str, int]:
        """The rows of all entities of a type so far, by value."""
        return self._rows.get(self._codes.get(type_name, -1), {})

    def link(
        self,
        source: int,
        type_name: str,
        target: int,
        provenance: int,
        *,
        seen: Interval = UNDATED,
        collectors: Iterable[str] = (),
        detail: str | None = None,
    ) -> None:
        """Add one observation of a link between two rows."""
        first, last, precision = _UNTOLD if seen is UNDATED else _columns(seen)
        self.links.append(
            source, self.code(type_name), target, first, last, precision, provenance,
            self.code(collector_text(collectors)), detail,
        )  # fmt: skip

    def property(
        self,
        entity: int,
        name: str,
        value: str,
        provenance: int,
        *,
        seen: Interval = UNDATED,
        collectors: Iterable[str] = (),
    ) -> None:
        """Add one observation of a property; a state is a property named ``state``."""
        first, last, precision = _UNTOLD if seen is UNDATED else _columns(seen)
        self.properties.append(
            entity, self.code(name), value, first, last, precision, provenance,
            self.code(collector_text(collectors)),
        )  # fmt: skip

    def build(self) -> Block:
        """The block of all that was added."""
        return Block(
            tuple(self._codes),
            self._entities.frame(),
            self.links.frame(),
            self.properties.frame(),
        )

    def code(self, name: str) -> int:
        """The number that stands for a type, a property's name or collectors in the columns."""
        return self._codes.setdefault(name, len(self._codes))
