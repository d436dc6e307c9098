"""Tables into a graph, by a mapping that was saved, chosen or guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.table.cells import Cells
from clew.interop.table.column_reader import ColumnReader
from clew.interop.table.guess import guess
from clew.interop.table.mapping import ColumnRole, Mapping, check_mapping, signature
from clew.interop.table.own import is_own, read_own
from clew.interop.table.piece import TableRow
from clew.interop.table.rows import RowReader
from clew.interop.table.sheet_files import read_sheets
from clew.interop.text.graph import Mentions
from clew.model.entity import Entity, Link
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

PREVIEW = Provenance("import", "import.preview", "0" * 32, 0)


@dataclass(frozen=True, slots=True)
class RowPreview:
    """What one row would bring."""

    number: int
    """The line or row of the file, counted from 1."""
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    seen: tuple[str, ...]
    """When each link was seen, in the order of *links*."""
    problems: tuple[ImportProblem, ...]


def read_table(
    data: bytes, origin: Provenance, catalogue: Catalogue, mapping: Mapping | None = None
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of CSV or XLSX; all sheets of a workbook are read.

    Args:
        data: The file.
        origin: Who is said to have told what the table holds.
        catalogue: The types that are known.
        mapping: What its columns are; guessed where None. Sheets with other columns than the
            mapping's are left out, and told.

    Raises:
        InvalidValue: It is no table, or the mapping is for other tables.
    """
    tables, problems = read_sheets(data)
    builder = GraphBuilder(catalogue, origin)
    builder.problems.extend(problems)
    if mapping is not None and all(signature(one) != mapping.signature for one in tables):
        raise InvalidValue("mapping", "", "it is for a table with other columns")
    for cells in tables:
        for text in (*cells.comments, cells.sheet, *(cells.header if cells.titled else ())):
            builder.mark_file_by(text, f"sheet {cells.sheet}" if cells.sheet else "file")
        if mapping is None and is_own(cells):
            read_own(cells, builder)
        elif mapping is None or signature(cells) == mapping.signature:
            _read(cells, mapping or guess(cells, catalogue), builder, catalogue)
        else:
            reason = f"its columns are not the mapping's; {len(cells.rows)} rows are left out"
            builder.problem(f"sheet {cells.sheet}", "", reason)
    return builder.build()


def preview(
    cells: Cells, mapping: Mapping, catalogue: Catalogue, rows: int = 20
) -> list[RowPreview]:
    """
    What the first rows would bring, each for itself.

    Raises:
        InvalidValue: The mapping is for a table with other columns, or does not hold.
    """
    if signature(cells) != mapping.signature:
        raise InvalidValue("mapping", "", "it is for a table with other columns")
    check_mapping(mapping)
    shown: list[RowPreview] = []
    for row in cells.rows[:rows]:
        builder = GraphBuilder(catalogue, PREVIEW)
        RowReader(cells, mapping, builder, catalogue).read(row)
        graph, problems = builder.build()
        observations = [one for _, _, one in graph.links()]
        shown.append(
            RowPreview(
                row.number,
                tuple(graph.entities()),
                tuple(one.subject for one in observations if isinstance(one.subject, Link)),
                tuple(str(one.seen) for one in observations),
                tuple(problems),
            )
        )
    return shown


def _read(cells: Cells, mapping: Mapping, builder: GraphBuilder, catalogue: Catalogue) -> None:
    check_mapping(mapping)
    if not mapping.having(ColumnRole.ENTITY):
        _read_as_text(cells, builder, catalogue)
        return
    ColumnReader(cells, mapping, builder, catalogue).read()


def _read_as_text(cells: Cells, builder: GraphBuilder, catalogue: Catalogue) -> None:
    """Logs, and exports of tickets: what is known stands within their cells."""
    mentions = Mentions(builder, catalogue)
    if cells.titled:
        # A log has no header: what was taken for one is its first line.
        titles = "\n".join(" ".join(title.splitlines()) for title in cells.header)
        mentions.read(titles, lambda number: f"header, column {number}")
    for row in cells.rows:
        # A cell is one line, so that its number is its column's.
        texts = [" ".join(cell.splitlines()) for cell in row.cells]
        try:
            mentions.read("\n".join(texts), _cells_of(cells, row))
        except InvalidValue as error:
            builder.problem(cells.place(row), "", error.reason)
    where = f"sheet {cells.sheet}" if cells.sheet else "file"
    found = mentions.done()
    read = f"the cells are read as text, and {found} entities are in them" if found else (
        f"{len(cells.rows)} rows are left out"
    )  # fmt: skip
    builder.problem(
        where, ", ".join(cells.header[:20]), f"no column holds anything that is known; {read}"
    )


def _cells_of(cells: Cells, row: TableRow) -> Callable[[int], str]:
    """The place of a row's cell by its number, from 1."""
    return lambda number: cells.place(row, number - 1)
