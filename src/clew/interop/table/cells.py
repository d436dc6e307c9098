"""The cells of a table, from CSV, TSV, semicolon tables or XLSX, bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from clew.interop.exchange_graph import ImportProblem
from clew.interop.table.piece import Piece, TableRows
from clew.interop.texts import shorten_text

TABLE_BYTES_MAX = 512 * 1024 * 1024
"""Largest table that is read."""
ROWS_MAX = 6_000_000
"""Most rows of one file that are read, all sheets together."""
COLUMNS_MAX = 1_000
"""Most columns of one row that are read."""
CELLS_MAX = 72_000_000
"""Most cells of one file that are read, all sheets together."""
CELL_LENGTH_MAX = 1_000_000
"""Longest cell that is read, in code points."""
PIECE_ROWS = 4_096
"""How many rows are kept and read at once."""
_SAME_PROBLEMS_MAX = 100


class RowPlace(Protocol):
    """What has a place in a table."""

    @property
    def number(self) -> int:
        """The line or row of the file."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One table or sheet."""

    header: tuple[str, ...]
    """A name for each column; made up (``column 3``) where the file has none."""
    rows: TableRows = field(default_factory=TableRows, repr=False)
    titled: bool = True
    """Whether the header is the file's own."""
    sheet: str = ""
    """The sheet's name; empty where the format has no sheets."""
    sheets: tuple[str, ...] = ()
    """The names of all sheets that have cells, this one among them."""
    comments: tuple[str, ...] = ()
    """Rows of comment around the table, as texts."""

    def place(self, row: RowPlace, column: int = -1) -> str:
        """Where a cell is, as problems say it."""
        where = f"row {row.number}"
        if self.sheet and len(self.sheets) > 1:
            where = f"sheet {self.sheet}, {where}"
        return f"{where}, column {self.header[column]}" if column >= 0 else where


class RowCollector:
    """Rows on their way into tables; what is over a bound is counted and told."""

    def __init__(self) -> None:
        self.problems: list[ImportProblem] = []
        self._pieces: list[Piece] = []
        self._numbers: list[int] = []
        self._rows: list[Sequence[str]] = []
        self._count = 0
        self._cells = 0
        self._over = 0
        self._cut: dict[str, int] = {}

    @property
    def full(self) -> bool:
        """Whether no further row has room."""
        return self._count >= ROWS_MAX or self._cells >= CELLS_MAX

    def tell(self, where: str, text: object, reason: str) -> None:
        """A problem; of one reason only so many are told one by one."""
        count = self._cut[reason] = self._cut.get(reason, 0) + 1
        if count <= _SAME_PROBLEMS_MAX:
            self.problems.append(ImportProblem(where, shorten_text(text), reason))

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take a row; a blank one is let go."""
        if not any(map(str.strip, cells)):
            return
        if self._count >= ROWS_MAX or self._cells >= CELLS_MAX:
            self._over += 1
            return
        if len(cells) > COLUMNS_MAX:
            reason = f"it has {len(cells)} columns; the first {COLUMNS_MAX} are read"
            self.tell(f"row {number}", "", reason)
            cells = cells[:COLUMNS_MAX]
        if max(map(len, cells)) > CELL_LENGTH_MAX:
            cells = [self._short(cell, number) for cell in cells]
        self._count += 1
        self._cells += len(cells)
        self._numbers.append(number)
        self._rows.append(cells)
        if len(self._rows) == PIECE_ROWS:
            self._close_piece()

    def take(self) -> TableRows:
        """The rows so far; the next ones are another sheet's."""
        self._close_piece()
        rows, self._pieces = TableRows(self._pieces), []
        return rows

    def done(self) -> list[ImportProblem]:
        """All that was told."""
        for reason, count in self._cut.items():
            if count > _SAME_PROBLEMS_MAX:
                self.problems.append(
                    ImportProblem("file", "", f"{count - _SAME_PROBLEMS_MAX} more: {reason}")
                )
        if self._over:
            most = f"over {ROWS_MAX} rows or {CELLS_MAX} cells"
            self.problems.append(
                ImportProblem("file", "", f"{most}; {self._over} rows are left out")
            )
        return self.problems

    def _close_piece(self) -> None:
        if self._rows:
            self._pieces.append(Piece.of(self._numbers, self._rows))
            self._numbers, self._rows = [], []

    def _short(self, cell: str, number: int) -> str:
        if len(cell) <= CELL_LENGTH_MAX:
            return cell
        reason = f"a cell is over {CELL_LENGTH_MAX} characters long; it is left out"
        self.tell(f"row {number}", cell[:200], reason)
        return ""
