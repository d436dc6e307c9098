"""Tables: how CSV and workbooks are known, read by a mapping of their columns, and written."""

from __future__ import annotations

import re

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.format import Confidence, Format
from clew.interop.sample import FileSample
from clew.interop.table.mapping import mapping_from_json
from clew.interop.table.own import FIDELITY
from clew.interop.table.read import read_table
from clew.interop.table.write import write_table, write_tsv, write_xlsx
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

LINES_LOOKED_AT = 12
_MARKS = (b"\t", b",", b";", b"|")
_TITLE = re.compile(rb"[a-z0-9_ #()/.-]{1,40}")
_TITLES = frozenset(
    b"domain host hostname fqdn ip ip_address url md5 sha1 sha256 hash email indicator ioc value "
    b"first_seen last_seen rrname".split()
)
"""Names of columns that prose does not begin with, one after the other."""
_OWN = re.compile(rb"\"?source_type\"?[,;\t|]\"?source\"?[,;\t|]\"?link\"?[,;\t|]")
"""The head of the tables that Clew writes; their cells may hold anything."""
_QUOTED = re.compile(rb"\s*x(?:, *x)*\s*")
"""A line of cells that are all in quotes, with blanks between them."""
_RULE = re.compile(rb"[ \t]*\|?[ \t]*:?-{3,}[-:| \t]*|\|={3,}[ \t]*")
"""The line that marks a table of Markdown or AsciiDoc, which are texts."""


def sniff_csv(sample: FileSample) -> Confidence | None:
    """Clew's own header, a header of usual names, or a separator that stands in each line."""
    if _OWN.match(sample.head):
        return Confidence.CERTAIN
    if sample.is_json or sample.is_archive or sample.head.startswith((b"<", b"%PDF-", b"SQLite ")):
        return None
    lines = _without_comments(sample.lines)[:LINES_LOOKED_AT]
    if len(lines) < 2 or any(_RULE.fullmatch(line) for line in lines):
        return None
    return Confidence.POSSIBLE if _has_header(lines[0]) or _is_regular(lines) else None


def sniff_xlsx(sample: FileSample) -> Confidence | None:
    """The workbook in an archive."""
    found = any(name.startswith(("xl/workbook.xml", "xl/worksheets")) for name in sample.members)
    return Confidence.CERTAIN if found else None


def read_mapped(
    data: bytes, origin: Provenance, catalogue: Catalogue, mapping: str
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """The graph of a table by a mapping of its columns, as JSON."""
    return read_table(data, origin, catalogue, mapping_from_json(mapping))


def _has_header(line: bytes) -> bool:
    """A first line of short words, of which one is a usual name of a column, is a header."""
    for mark in _MARKS:
        cells = [cell.strip(b' "').lower() for cell in line.split(mark)]
        if len(cells) > 1 and all(_TITLE.fullmatch(cell) for cell in cells):
            return any(cell.replace(b" ", b"_") in _TITLES for cell in cells)
    return False


def _without_comments(lines: list[bytes]) -> list[bytes]:
    """The lines of a table; its header stands in the last line of a comment before it."""
    start = next((at for at, line in enumerate(lines) if not line.startswith(b"#")), 0)
    body = [line for line in lines[start:] if not line.startswith(b"#")]
    title = lines[start - 1].lstrip(b"# ") if start else b""
    first = _unquoted(body[0]) if body else b""
    titled = any(0 < _unquoted(title).count(mark) == first.count(mark) for mark in _MARKS)
    return [title, *body] if titled else body


def _unquoted(line: bytes) -> bytes:
    """A line whose cells in quotes are one letter each."""
    return re.sub(rb'"[^"]*"', b"x", line)


def _is_regular(lines: list[bytes]) -> bool:
    """A table has one separator that stands equally often in its first lines."""
    # What stands in quotes is one cell.
    lines = [_unquoted(line) for line in lines]
    for mark in _MARKS:
        counts = [line.count(mark) for line in lines]
        same = sum(count == counts[0] for count in counts)
        if min(counts) >= 1 and same >= max(2, len(lines) * 2 // 3):
            # Sentences with commas are no table.
            spaced = sum(b", " in line and not _QUOTED.fullmatch(line) for line in lines)
            prose = mark == b"," and spaced > len(lines) // 2
            if not prose:
                return True
    return False


CSV = Format(
    name="csv",
    label="CSV",
    extensions=(".csv",),
    about="Columns are mapped to types, links and dates: proposed (`clew columns`), shown, "
    "changed and saved for the next table with that header. Commas, semicolons, tabs and bars "
    "are known. A date whose day and month can't be told apart is unknown, and told.\n"
    "Where no column holds values, as in logs, the cells are read as text.\n"
    "Cells are written defanged and as no formula.",
    sniff=sniff_csv,
    read=read_table,
    write=write_table,
    fidelity=FIDELITY,
    read_mapped=read_mapped,
)
TSV = Format(
    name="tsv",
    label="TSV",
    extensions=(".tsv", ".tab"),
    about="As CSV, with tabs.",
    write=write_tsv,
    fidelity=FIDELITY,
    read_as="csv",
)
XLSX = Format(
    name="xlsx",
    label="Excel workbook",
    extensions=(".xlsx",),
    about="As CSV. Every sheet is read; formulas are not run, what they gave last is read. "
    "The old `.xls` is not read.",
    sniff=sniff_xlsx,
    read=read_table,
    write=write_xlsx,
    fidelity=FIDELITY,
    read_mapped=read_mapped,
)
