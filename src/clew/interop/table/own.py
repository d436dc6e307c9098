"""Clew's own tables: their headers, how their cells are kept from harm, and how they are read."""

from __future__ import annotations

import re
from itertools import chain

import msgspec

from clew.errors import InvalidValue
from clew.interop.fidelity import Fidelity, GraphPart
from clew.interop.graph_builder import GraphBuilder
from clew.interop.serialize import interval_from_json
from clew.interop.table.cells import Cells
from clew.interop.table.piece import TableRow
from clew.interop.texts import own_type
from clew.model.block import collector_names
from clew.model.interval import UNDATED, Interval

HEADER = (
    "source_type", "source", "link", "target_type", "target", "first", "last", "provider",
    "collectors", "transform", "run", "reply",
)  # fmt: skip
"""Columns of a table of links, one observation a row; without a link a row is one entity."""
ENTITY_HEADER = ("type", "value", "provider", "transform", "run", "reply")
"""Columns of a workbook's sheet of entities."""
FIDELITY = Fidelity(GraphPart.DAYS | GraphPart.PROVIDER | GraphPart.COLLECTORS | GraphPart.ALONE)
"""What tables keep; transform, run and reply are there too, but not all of a provenance."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n]")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_RUN = re.compile(r"[0-9a-f]{32}")
_REPLY = re.compile(r"[0-9a-f]{0,128}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """A cell as it was before ``inert``."""
    return cell[1:] if _GUARDED.match(cell) else cell


def escape_cell(text: str) -> str:
    """A text as a workbook writes what XML has no room for (ECMA-376, section 22.9.2.19)."""
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape_cell(text: str) -> str:
    """A text as it was before ``escaped``."""
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)


def is_own(cells: Cells) -> bool:
    """Whether a table was written by Clew, by its header."""
    return cells.header in (HEADER, ENTITY_HEADER)


def read_own(cells: Cells, builder: GraphBuilder) -> None:
    """Take the rows of a table that Clew wrote; the table has none afterwards."""
    links = cells.header == HEADER
    provider = cells.header.index("provider")
    known: dict[tuple[str, ...], int] = {}
    for row in chain.from_iterable(
        piece.changed(lambda text: _text(text, cells)) for piece in cells.rows.taken_pieces()
    ):
        texts = row.cells
        where = cells.place(row)
        if len(texts) > len(cells.header):
            builder.problem(where, row.cells[-1], "it has more cells than there are columns")
        if len(texts) != len(cells.header):
            texts = (*texts, *[""] * len(cells.header))[: len(cells.header)]
        source_texts = (texts[provider], *texts[-3:])
        by = known.get(source_texts, -1)
        if by < 0:
            by = _by(source_texts[0], list(source_texts[1:]), builder, where)
            if by:
                # Number 0 may be that of a row that was told of; it is told of each time.
                known[source_texts] = by
        source = builder.known_entity(texts[0], texts[1])
        if source is None:
            source = _entity(texts[0], texts[1], builder, cells.place(row, 1), by)
        if links and any(texts[2:5]):
            target = builder.known_entity(texts[3], texts[4])
            if target is None:
                target = _entity(texts[3], texts[4], builder, cells.place(row, 4), by)
            builder.link(
                source, _name(texts[2], builder, where), target,
                seen=_seen(texts[5], texts[6], builder, cells, row),
collectors=collector_names(texts[8]), by=by, where=where,
            )  # fmt: skip


def _text(cell: str, cells: Cells) -> str:
    return plain(unescape_cell(cell) if cells.sheet else cell)


def _by(provider: str, origin_texts: list[str], builder: GraphBuilder, where: str) -> int:
    transform, run, reply = origin_texts
    if len(provider) > 100 or len(transform) > 200 or not f"{provider}{transform}".isprintable():
        builder.problem(where, f"{provider} {transform}", "this is no name of a provider")
        return 0
    origin = builder.origin
    return builder.provenance_number(
        msgspec.structs.replace(
            origin,
            provider=provider,
            transform=transform or origin.transform,
            run=run if _RUN.fullmatch(run) else origin.run,
            reply=reply if _REPLY.fullmatch(reply) else "",
        )
    )


def _entity(type_: str, value: str, builder: GraphBuilder, where: str, by: int) -> int | None:
    if not type_ or not value:
        builder.problem(where, f"{type_} {value}", "an entity needs a type and a value")
        return None
    return builder.entity(_name(type_, builder, where), value, where, by)


def _name(text: str, builder: GraphBuilder, where: str) -> str:
    if (
        text in builder.catalogue.entity_types
        or text in builder.catalogue.link_types
        or _NAME.fullmatch(text)
    ):
        return text
    name = own_type(text)
    builder.problem(where, text, f"this is no name of a type; it is read as {name}")
    return name


def _seen(first: str, last: str, builder: GraphBuilder, cells: Cells, row: TableRow) -> Interval:
    try:
        return interval_from_json({"first": first, "last": last})
    except InvalidValue as error:
        builder.problem(cells.place(row, 5), f"{first} to {last}", f"{error.reason}; left out")
        return UNDATED


def _character(code: int) -> str:
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code < 0xE000 or code == 0 else chr(code)
