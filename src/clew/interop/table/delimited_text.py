"""Tables as text: their encoding, the sign between cells, and quotes that do not close."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from clew.errors import InvalidValue
from clew.interop.table.cells import TABLE_BYTES_MAX, Cells, RowCollector
from clew.interop.table.titles import with_header

SNIFFED_ROWS_MAX = 50
"""How many rows show which sign stands between cells."""
SNIFFED_LENGTH_MAX = 20_000
"""How much of a line is looked at for that, in code points."""
UNCLOSED_MAX = 20
"""How many quotes that are never closed are mended; then quotes mean nothing."""
BROKEN_BYTES_MAX = 100_000
"""Most bytes that are no UTF-8 in a text that is UTF-8 otherwise."""
DELIMITERS = (",", "\t", ";", "|")

_END = "\0end of the table\0"
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_STRANGE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
_MIXED = "clew-table-cp1252"


def read_delimited(data: bytes, collector: RowCollector) -> Cells:
    """
    The table of a text.

    Raises:
        InvalidValue: It is empty, or no text.
    """
    text = _text(data, collector)
    head = list(islice(text.lines(), SNIFFED_ROWS_MAX * 4))
    if not any(line.strip() for line in head) and not any(line.strip() for line in text.lines()):
        raise InvalidValue("table", "", "it is empty")
    start = 0
    if separator := _SEPARATOR.fullmatch(head[0][:20]):
        delimiter, start = separator[1], 1
    else:
        delimiter = sniff(head)
    for number, cells in _split(text, start, delimiter, collector):
        collector.add(number, cells)
    table, problems = with_header(collector.take())
    collector.problems.extend(problems)
    return table


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that is decoded line by line, as often as it is asked for; it is never there whole."""

    data: bytes
    encoding: str = "utf-8"
    errors: str = "strict"

    def lines(self, start: int = 0) -> Iterator[str]:
        """The lines from *start* on, with their ends."""
        lines = io.TextIOWrapper(
            io.BytesIO(self.data), encoding=self.encoding, errors=self.errors, newline=""
        )
        return islice(lines, start, None)


def sniff(lines: Sequence[str]) -> str:
    """The sign that stands between the cells: the one that makes rows alike."""
    rows_of_values = [
        line for line in islice(lines, SNIFFED_ROWS_MAX * 4) if not line.startswith("#")
    ]
    sample = [
        line[:SNIFFED_LENGTH_MAX] for line in (rows_of_values or lines)[: SNIFFED_ROWS_MAX * 2]
    ]
    best, found = (0.5, 1), ","
    for delimiter in DELIMITERS:
        try:
            rows = csv.reader(sample, delimiter=delimiter, skipinitialspace=True)
            widths = Counter(len(row) for row in islice(rows, SNIFFED_ROWS_MAX) if row)
        except csv.Error:
            continue
        several = Counter({width: count for width, count in widths.items() if width > 1})
        if not several:
            continue
        width, count = several.most_common(1)[0]
        fit = (round(count / widths.total(), 1), width)
        if fit > best:
            best, found = fit, delimiter
    return found


def _text(data: bytes, collector: RowCollector) -> _Text:
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _wide(data[2:], name, collector)
    head = data[:8192]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 4 > 0 and min(even, odd) < len(head) // 20:
        return _wide(data, "utf-16-le" if odd >= even else "utf-16-be", collector)
    if data.startswith(_BINARY) or len(_STRANGE.findall(head)) > len(head) // 10:
        raise InvalidValue("table", "", "it is no text", helps="Save it as CSV or .xlsx.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.isascii():
        return _Text(data)
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return _Text(data)
    broken = data.decode(errors="replace").count("\N{REPLACEMENT CHARACTER}")
    collector.tell("file", "", f"{broken} places are no UTF-8; they are read as Windows-1252")
    if broken > BROKEN_BYTES_MAX:
        return _Text(data, "cp1252", "replace")
    codecs.register_error(_MIXED, _western)
    return _Text(data, errors=_MIXED)


def _wide(data: bytes, name: str, collector: RowCollector) -> _Text:
    if broken := data.decode(name, "replace").count("\N{REPLACEMENT CHARACTER}"):
        collector.tell("file", "", f"{broken} places are no UTF-16")
    return _Text(data, name, "replace")


def _western(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def _split(
    text: _Text, start: int, delimiter: str, collector: RowCollector
) -> Iterator[tuple[int, list[str]]]:
    """The rows with their line; a quote that never closes costs its own line only."""
    csv.field_size_limit(TABLE_BYTES_MAX)
    unclosed, done = 0, False
    while not done:
        rows = _Rows(text, start, delimiter, quoted=unclosed < UNCLOSED_MAX)
        yield from rows.read(collector)
        start, done = rows.start, rows.done
        if not done:
            unclosed += 1
            line = next(text.lines(start))
            where, reason = f"row {start + 1}", "a quote opens here and never closes"
            collector.tell(where, line[:200], reason)
            for cells in csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE):
                yield start + 1, cells
            start += 1


class _Rows:
    """Rows of a text from a line on, up to a quote that never closes."""

    def __init__(self, text: _Text, start: int, delimiter: str, *, quoted: bool) -> None:
        self.start = start
        """The line at which the next row begins."""
        self.done = False
        """Whether all was read."""
        self._text = text
        self._ended = False
        self._reader = csv.reader(
            chain(text.lines(start), self._end()),
            delimiter=delimiter,
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
            skipinitialspace=True,
        )

    def read(self, collector: RowCollector) -> Iterator[tuple[int, list[str]]]:
        """The rows with their line; one that can't be read is told."""
        begin, reader = self.start, self._reader
        while True:
            try:
                for cells in reader:
                    if self._ended:
                        # Alone on its line the end is no row; within a quote it closes none.
                        self.done = begin + reader.line_num == self.start + 1
                        return
                    yield self.start + 1, cells
                    self.start = begin + reader.line_num
            except csv.Error as error:
                line = next(self._text.lines(self.start), "")
                where, reason = f"row {self.start + 1}", f"it can't be read: {error}"
                collector.tell(where, line[:200], reason)
                self.start = begin + reader.line_num
                if self._ended:
                    self.done = True
                    return

    def _end(self) -> Iterator[str]:
        self._ended = True
        yield _END
