"""Tables as text: their encoding, the sign between cells, and quotes that do not close."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from clew.errors import InvalidValue
from clew.interop.table.cells import TABLE_BYTES_MAX, Cells, RowCollector
from clew.interop.table.titles import with_header

LINES_MAX = 4_000_000
"""Most lines that are read, blank ones among them."""
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
    text = _decoded(data, collector)
    if not text.strip():
        raise InvalidValue("table", "", "it is empty")
    lines = list(islice(io.StringIO(text, newline=""), LINES_MAX + 1))
    if len(lines) > LINES_MAX:
        collector.tell("file", "", f"it has over {LINES_MAX} lines; the rest is left out")
        lines = lines[:LINES_MAX]
    start = 0
    if separator := _SEPARATOR.fullmatch(lines[0][:20]):
        delimiter, start = separator[1], 1
    else:
        delimiter = sniff(lines)
    for number, cells in _split(lines, start, delimiter, collector):
        collector.add(number, cells)
    table, problems = with_header(collector.take())
    collector.problems.extend(problems)
    return table


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


def _decoded(data: bytes, collector: RowCollector) -> str:
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
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    broken = data.decode(errors="replace").count("\N{REPLACEMENT CHARACTER}")
    collector.tell("file", "", f"{broken} places are no UTF-8; they are read as Windows-1252")
    if broken > BROKEN_BYTES_MAX:
        return data.decode("cp1252", "replace")
    codecs.register_error(_MIXED, _western)
    return data.decode("utf-8", _MIXED)


def _wide(data: bytes, name: str, collector: RowCollector) -> str:
    text = data.decode(name, "replace")
    if broken := text.count("\N{REPLACEMENT CHARACTER}"):
        collector.tell("file", "", f"{broken} places are no UTF-16")
    return text


def _western(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def _split(
    lines: Sequence[str], start: int, delimiter: str, collector: RowCollector
) -> Iterator[tuple[int, list[str]]]:
    """The rows with their line; a quote that never closes costs its own line only."""
    csv.field_size_limit(TABLE_BYTES_MAX)
    unclosed = 0
    while start < len(lines):
        mended = unclosed < UNCLOSED_MAX
        reader = csv.reader(
            chain(islice(lines, start, None), [_END]),
            delimiter=delimiter,
            quoting=csv.QUOTE_MINIMAL if mended else csv.QUOTE_NONE,
            skipinitialspace=True,
        )
        begin, ended = start, False
        while not ended:
            try:
                cells = next(reader)
            except csv.Error as error:
                collector.tell(f"row {start + 1}", lines[start][:200], f"it can't be read: {error}")
                start = begin + reader.line_num
                ended = start > len(lines)
                continue
            if cells == [_END]:
                return
            if begin + reader.line_num > len(lines):
                break
            yield start + 1, cells
            start = begin + reader.line_num
        if ended:
            return
        unclosed += 1
        collector.tell(
            f"row {start + 1}", lines[start][:200], "a quote opens here and never closes"
        )
        yield from (
            (start + 1, cells)
            for cells in csv.reader([lines[start]], delimiter=delimiter, quoting=csv.QUOTE_NONE)
        )
        start += 1
