"""Writing workbooks (XLSX; ECMA-376, part 1): sheets of texts, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from xml.sax.saxutils import escape, quoteattr

from clew.interop.table.own import escape_cell

SHEET_ROWS_MAX = 400_000
"""Most rows of one sheet, so that it is read again in bounds; what is more goes on in a further."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)

Table = tuple[str, Sequence[str], Iterable[Sequence[str]]]
"""Name, header and rows of a sheet."""


def write_sheets(tables: Iterable[Table]) -> bytes:
    """A workbook of sheets with a header each, which stays in view."""
    sink = io.BytesIO()
    names: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as book:
        for name, header, rows in tables:
            for part, some in enumerate(_parts(rows), start=1):
                names.append(name if part == 1 else f"{name} {part}")
                with book.open(_info(f"xl/worksheets/sheet{len(names)}.xml"), "w") as sheet:
                    sheet.writelines(
                        piece.encode(errors="replace") for piece in _sheet(header, some)
                    )
        for path, text in _frame(names):
            book.writestr(_info(path), _HEAD + text)
    return sink.getvalue()


def _parts(rows: Iterable[Sequence[str]]) -> Iterator[Iterator[Sequence[str]]]:
    """The rows in pieces that fit into one sheet below its header; one piece at least."""
    left = iter(rows)
    yield islice(left, SHEET_ROWS_MAX - 1)
    while (more := next(left, None)) is not None:
        yield chain((more,), islice(left, SHEET_ROWS_MAX - 2))


def _sheet(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><sheetData>"
    )
    for row in chain((header,), rows):
        yield f"<row>{''.join(_cell(text) for text in row)}</row>"
    yield "</sheetData></worksheet>"


def _cell(text: str) -> str:
    """A cell that is a text whatever it looks like."""
    if not text:
        return "<c/>"
    markup = escape(escape_cell(text))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{markup}</t></is></c>'


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """All parts but the sheets."""
    numbers = range(1, len(names) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for at in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f"{parts}</Types>",
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>'
        for at, name in zip(numbers, names, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
    )


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
