"""What the columns of a table are: said once, saved, and found again by the table's header."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.json import decode_json
from clew.interop.table.cells import COLUMNS_MAX, Cells
from clew.interop.whois.dates import DAY_FIRST, MONTH_FIRST, ORDER_UNKNOWN

VERSION = 1
RULES_MAX = 1_000
"""Most links that one row can make by its mapping."""
NAME_LENGTH_MAX = 200
"""Longest name of a type, property or column, in code points."""


class ColumnRole(StrEnum):
    """What a column is to its row."""

    IGNORE = "ignore"
    ENTITY = "entity"
    TYPE = "type"
    """The types of the entities in another column."""
    PROPERTY = "property"
    FIRST = "first"
    """When the row's links were seen first."""
    LAST = "last"
    DATE = "date"
    """The one day on which they were seen."""
    COLLECTORS = "collectors"
    PROVIDER = "provider"
    TAGS = "tags"
    RELATION = "relation"
    """What the row's links are, in the file's own words."""
    DETAIL = "detail"
    """Something said of the row's links, under the column's name."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column."""

    role: ColumnRole = ColumnRole.IGNORE
    type: str = ""
    """Of entities: their type, ``detect`` or ``any``."""
    of: int = -1
    """Of a property, types or tags: the column of its entities; -1 is all entities of the row."""
    name: str = ""
    """Of a property: its name."""


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Two columns whose entities are linked in each row."""

    source: int
    type: str
    """Type of the link, or ``detect``: what two such entities most likely have."""
    target: int
    dated: bool = True
    """Whether the row's dates are the link's."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of tables with one header are."""

    signature: tuple[str, ...]
    """The header in lower case; a saved mapping is found by it."""
    columns: tuple[ColumnMapping, ...]
    links: tuple[LinkRule, ...] = ()
    day_order: str = ORDER_UNKNOWN
    """How ``01/02/2013`` is meant: ``day first``, ``month first``, or not told."""

    def having(self, role: ColumnRole) -> list[int]:
        """The columns of a role."""
        return [at for at, column in enumerate(self.columns) if column.role is role]


def signature(cells: Cells) -> tuple[str, ...]:
    """The key of a table's mapping: its header in lower case."""
    return tuple(title.lower() for title in cells.header)


def find_mapping(cells: Cells, saved: Sequence[Mapping]) -> Mapping | None:
    """The saved mapping of a table with this header; the last counts."""
    key = signature(cells)
    return next((one for one in reversed(saved) if one.signature == key), None)


def to_json(mapping: Mapping) -> str:
    """A mapping as text, to be saved."""
    columns: list[dict[str, Any]] = []
    for title, column in zip(mapping.signature, mapping.columns, strict=True):
        fields: dict[str, Any] = {"title": title, "role": column.role.value}
        if column.type:
            fields["type"] = column.type
        if column.of >= 0:
            fields["of"] = column.of
        if column.name:
            fields["name"] = column.name
        columns.append(fields)
    links = [
        {"source": one.source, "type": one.type, "target": one.target, "dated": one.dated}
        for one in mapping.links
    ]
    whole = {
        "clew": "table-mapping", "version": VERSION, "day_order": mapping.day_order,
        "columns": columns, "links": links,
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def mapping_from_json(text: str) -> Mapping:
    """
    A saved mapping.

    Raises:
        InvalidValue: It is no mapping, or one column or link does not hold; with its number.
    """
    try:
        value = decode_json(text.encode())
    except UnicodeEncodeError as error:
        raise InvalidValue("mapping", "", "it is no Unicode text") from error
    if not isinstance(value, dict) or value.get("clew") != "table-mapping":
        raise InvalidValue("mapping", value, "it is no mapping of a table")
    columns, links = value.get("columns"), value.get("links", [])
    if not isinstance(columns, list) or not 0 < len(columns) <= COLUMNS_MAX:
        raise InvalidValue("mapping", "", f"it needs 1 to {COLUMNS_MAX} columns")
    if not isinstance(links, list) or len(links) > RULES_MAX:
        raise InvalidValue("mapping", "", f"it has at most {RULES_MAX} links")
    order = value.get("day_order", ORDER_UNKNOWN)
    if order not in (ORDER_UNKNOWN, DAY_FIRST, MONTH_FIRST):
        raise InvalidValue("mapping", order, f"the order is {DAY_FIRST!r} or {MONTH_FIRST!r}")
    pairs = [_column(one, at, len(columns)) for at, one in enumerate(columns, 1)]
    made = Mapping(
        tuple(title for title, _ in pairs), tuple(column for _, column in pairs),
        tuple(_rule(one, at, len(columns)) for at, one in enumerate(links, 1)), order,
    )  # fmt: skip
    return check_mapping(made)


def check_mapping(mapping: Mapping) -> Mapping:
    """The mapping where its columns fit together; raises InvalidValue with what does not."""
    entities = set(mapping.having(ColumnRole.ENTITY))
    for at, column in enumerate(mapping.columns, 1):
        if column.role is ColumnRole.ENTITY and not column.type:
            raise InvalidValue("mapping", at, f"column {at} has entities without a type")
        if column.role is ColumnRole.PROPERTY and not column.name:
            raise InvalidValue("mapping", at, f"column {at} is a property without a name")
        if column.role is ColumnRole.TYPE and column.of not in entities:
            raise InvalidValue("mapping", at, f"column {at} has types of no column of entities")
        if column.of >= 0 and column.of not in entities:
            raise InvalidValue("mapping", at, f"column {at} belongs to no column of entities")
    for at, rule in enumerate(mapping.links, 1):
        if not {rule.source, rule.target} <= entities or rule.source == rule.target:
            raise InvalidValue("mapping", at, f"link {at} needs two columns of entities")
    return mapping


def _column(value: object, at: int, width: int) -> tuple[str, ColumnMapping]:
    if not isinstance(value, dict):
        raise InvalidValue("mapping", value, f"column {at} is no object")
    try:
        role = ColumnRole(_text(value, "role", f"column {at}"))
    except ValueError as error:
        known = ", ".join(ColumnRole)
        raise InvalidValue("mapping", value.get("role"), f"column {at}: it is {known}") from error
    return _text(value, "title", f"column {at}"), ColumnMapping(
        role, _text(value, "type", f"column {at}"), _number(value, "of", f"column {at}", width, -1),
        _text(value, "name", f"column {at}"),
    )  # fmt: skip


def _rule(value: object, at: int, width: int) -> LinkRule:
    if not isinstance(value, dict):
        raise InvalidValue("mapping", value, f"link {at} is no object")
    where = f"link {at}"
    type_ = _text(value, "type", where)
    if not type_:
        raise InvalidValue("mapping", value, f"{where} has no type")
    return LinkRule(
        _number(value, "source", where, width), type_, _number(value, "target", where, width),
        value.get("dated", True) is not False,
    )  # fmt: skip


def _text(fields: Table[str, Any], key: str, where: str) -> str:
    text = fields.get(key, "")
    if not isinstance(text, str) or len(text) > NAME_LENGTH_MAX:
        raise InvalidValue("mapping", text, f"{where}: {key} is a text of {NAME_LENGTH_MAX}")
    return text


def _number(
    fields: Table[str, Any], key: str, where: str, width: int, missing: int | None = None
) -> int:
    number = fields.get(key, missing)
    if number == missing and missing is not None:
        return missing
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < width:
        raise InvalidValue("mapping", number, f"{where}: {key} is no number of a column")
    return number
