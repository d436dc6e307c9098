"""The tables of a file, whatever it is: one of CSV, one a sheet of XLSX."""

from __future__ import annotations

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ImportProblem
from clew.interop.table.cells import TABLE_BYTES_MAX, Cells, RowCollector
from clew.interop.table.delimited_text import read_delimited
from clew.interop.table.workbook import read_workbook


def read_cells(data: bytes) -> tuple[Cells, list[ImportProblem]]:
    """
    The table of a file; of several sheets the first that has cells.

    Raises:
        InvalidValue: It is empty, too large, or no table.
    """
    tables, problems = read_sheets(data)
    return tables[0], problems


def read_sheets(data: bytes) -> tuple[list[Cells], list[ImportProblem]]:
    """
    All tables of a file, at least one: CSV is one, XLSX has one a sheet.

    Raises:
        InvalidValue: It is empty, too large, or no table.
    """
    if len(data) > TABLE_BYTES_MAX:
        raise InvalidValue("table", "", f"it has {len(data)} bytes, and {TABLE_BYTES_MAX} are read")
    collector = RowCollector()
    tables = (
        read_workbook(data, collector)
        if data.startswith(b"PK")
        else [read_delimited(data, collector)]
    )
    problems = collector.done()
    if not tables or not any(one.rows or one.titled for one in tables):
        why = f": {problems[0].where}, {problems[0].reason}" if problems else ""
        raise InvalidValue("table", "", f"it has no cells{why}")
    return tables, problems
