"""Graphs as tables: CSV or an XLSX workbook; formula-safe, values defanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.table.own import ENTITY_HEADER, HEADER, inert
from clew.interop.table.sheets import write_sheets
from clew.model.entity import Entity, Link
from clew.model.provenance import Provenance
from clew.schema.refang import defang
from clew.schema.registry import catalogue

__all__ = ["write_table", "write_tsv", "write_xlsx"]


def write_table(graph: ExchangeGraph, delimiter: str = ",") -> bytes:
    """
    The observations of links in UTF-8 with a header (RFC 4180), then the entities without any.

    Args:
        graph: The graph.
        delimiter: What stands between cells: a comma, semicolon or tab.

    Raises:
        InvalidValue: No such sign stands between cells.
    """
    if delimiter not in (",", ";", "\t"):
        raise InvalidValue("delimiter", delimiter, "it is a comma, a semicolon or a tab")
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(HEADER)
    linked: set[int] = set()
    for source, target, cells in _links(graph):
        linked |= {source, target}
        writer.writerow(cells)
    for row, cells in enumerate(_entities(graph)):
        if row not in linked:
            writer.writerow([*cells[:2], "", "", "", "", "", cells[2], "", *cells[3:]])
    return sink.getvalue().encode(errors="replace")


def write_tsv(graph: ExchangeGraph) -> bytes:
    """As ``write_table``, with tabs."""
    return write_table(graph, "\t")


def write_xlsx(graph: ExchangeGraph) -> bytes:
    """A workbook of two sheets, links and entities; all cells are texts, none is a formula."""
    return write_sheets(
        (
            ("links", HEADER, (cells for _, _, cells in _links(graph))),
            ("entities", ENTITY_HEADER, _entities(graph)),
        )
    )


def _links(graph: ExchangeGraph) -> Iterator[tuple[int, int, list[str]]]:
    for source, target, observation in graph.links():
        link = observation.subject
        assert isinstance(link, Link)
        cells = (
            *_named(link.source), link.type, *_named(link.target), str(observation.seen.first),
            str(observation.seen.last), observation.provenance.provider,
            ",".join(observation.collectors),
            *_run(observation.provenance),
        )  # fmt: skip
        yield source, target, [inert(cell) for cell in cells]


def _entities(graph: ExchangeGraph) -> Iterator[list[str]]:
    by = graph.block.entities["provenance"].to_list()
    for entity, number in zip(graph.entities(), by, strict=True):
        provenance = graph.provenance[number]
        cells = (*_named(entity), provenance.provider, *_run(provenance))
        yield [inert(cell) for cell in cells]


def _named(entity: Entity) -> tuple[str, str]:
    kind = catalogue().entity_types.get(entity.type)
    value = defang(kind.value.trusted(entity.value)) if kind else entity.value
    return entity.type, value


def _run(provenance: Provenance) -> tuple[str, str, str]:
    return provenance.transform, provenance.run, provenance.reply
