"""Workbooks: sheets as texts with their dates; bombs and entities are refused."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.table import sheet as bounds
from clew.interop.table.sheet_files import read_cells, read_sheets

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="[Red]dd/mm/yyyy hh:mm"/>'
    '<numFmt numFmtId="201" formatCode="0.0 &quot;days&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs>'
    "</styleSheet>"
)


def book(*sheets: str | bytes, settings: str = "", **parts: Any) -> bytes:
    sink = io.BytesIO()
    listed = "".join(f'<sheet name="s{at}" sheetId="{at}"/>' for at in range(1, len(sheets) + 1))
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f"<workbook>{settings}<sheets>{listed}</sheets></workbook>",
    }
    members |= {f"xl/worksheets/sheet{at}.xml": text for at, text in enumerate(sheets, 1)}
    members |= {f"xl/{name}.xml": text for name, text in parts.items()}
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return sink.getvalue()


def rows(*texts: str) -> str:
    return f"<worksheet><sheetData>{''.join(texts)}</sheetData></worksheet>"


def test_cells_of_all_kinds() -> None:
    """Shared and inner texts, numbers, dates by their style, truth and results become texts."""
    cells, problems = read_cells(
        book(
            rows(
                '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>C</t></is>'
                '</c><c t="str"><v>D</v></c></row>',
                '<row r="4"><c r="A4" s="1"><v>41950</v></c><c r="B4" s="2"><v>41950.5</v></c>'
                '<c r="C4" s="3"><v>41950.5</v></c><c r="D4"><v>20161107</v></c>'
                '<c r="E4" t="b"><v>1</v></c><c r="F4" t="str"><f>1+1</f><v>x</v></c>'
                "<c><v>1.0E3</v></c></row>",
            ),
            sharedStrings="<sst><si><r><t>Na</t></r><r><t>me</t></r><rPh><t>no</t></rPh></si></sst>",
            styles=STYLES,
        )
    )
    assert problems == []
    assert cells.header == ("Name", "column 2", "C", "D", "column 5", "column 6", "column 7")
    assert [(row.number, row.cells) for row in cells.rows] == [
        (4, ("2014-11-07", "2014-11-07T12:00:00Z", "41950.5", "20161107", "true", "x", "1000"))
    ]


def test_the_other_epoch() -> None:
    """A workbook that counts its days from 1904 has the same dates."""
    sheet = rows("<row><c t='str'><v>date</v></c></row>", '<row><c s="1"><v>40488</v></c></row>')
    cells, _ = read_cells(book(sheet, settings='<workbookPr date1904="1"/>', styles=STYLES))
    assert cells.rows[0].cells == ("2014-11-07",)


def test_all_sheets_have_names() -> None:
    """Sheets with cells are read in order; each knows the names of all."""
    full = rows("<row><c t='str'><v>Domain</v></c></row>", "<row><c t='str'><v>x</v></c></row>")
    tables, _ = read_sheets(book(full, rows(), full))
    assert [(one.sheet, one.sheets) for one in tables] == [
        ("s1", ("s1", "s3")), ("s3", ("s1", "s3"))
    ]  # fmt: skip
    assert tables[1].place(tables[1].rows[0], 0) == "sheet s3, row 2, column Domain"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize("part", ["sheet", "sharedStrings", "styles", "workbook"])
def test_entities_are_refused(part: str, encoding: str) -> None:
    """A DOCTYPE in any part, in any encoding, brings nothing in; the good sheets are read."""
    kind = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY f "zzz">]>'
    head = f'<?xml version="1.0" encoding="{encoding}"?>{kind}'
    evil = (head + rows("<row><c t='str'><v>&e;&f;</v></c></row>")).encode(encoding)
    if encoding == "utf-7":
        evil = evil.replace(b"<!", b"+ADwAIQ-")
    good = rows("<row><c t='str'><v>Name</v></c></row>", "<row><c t='str'><v>x</v></c></row>")
    if part == "workbook":
        with pytest.raises(InvalidValue):
            read_cells(book(good, workbook=evil))
        return
    named: dict[str, Any] = {part: evil}
    data = book(evil, good) if part == "sheet" else book(good, **named)
    cells, problems = read_cells(data)
    assert [row.cells for row in cells.rows] == [("x",)]
    assert problems


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to far more than it is, and endless elements or texts, are refused."""
    with pytest.raises(InvalidValue, match="bomb"):
        read_cells(book(b"<worksheet>" + b" " * 20_000_000))
    monkeypatch.setattr(bounds, "ELEMENTS_MAX", 10)
    monkeypatch.setattr(bounds, "STRINGS_MAX", 10)
    one = "<row><c t='str'><v>x</v></c></row>"
    cells, problems = read_cells(
        book(rows(one * 10_000), sharedStrings=f"<sst>{'<si/>' * 20_000}</sst>")
    )
    assert len(cells.rows) < 10
    assert len(problems) == 2


def test_wrong_numbers_are_told() -> None:
    """Rows and columns that cannot be, and texts that are not there, do no harm."""
    cells, problems = read_cells(
        book(
            rows(
                "<row r='1'><c t='str'><v>Name</v></c><c r='XFD1' t='str'><v>far</v></c></row>",
                "<row r='99999999999'><c r='A1' t='s'><v>7</v></c><c t='str'><v>y</v></c></row>",
                "<row r='-5'><c r='??' t='str' s='99'><v>z</v></c></row>",
            )
        )
    )
    assert [row.cells for row in cells.rows] == [("", "y"), ("z",)]
    assert len(problems) == 2


@pytest.mark.parametrize("sheet", ["", "<", "<worksheet>" + "<a>" * 10_000, "text", "<a/>"])
def test_damaged_sheets_are_told(sheet: str) -> None:
    """A damaged sheet does not take the good ones with it."""
    good = rows("<row><c t='str'><v>Name</v></c></row>", "<row><c t='str'><v>x</v></c></row>")
    cells, _ = read_cells(book(sheet, good))
    assert [row.cells for row in cells.rows] == [("x",)]


@given(st.data())
def test_damage_anywhere_is_met(data: st.DataObject) -> None:
    """Whichever byte of a workbook is changed, reading it ends with cells or with a refusal."""
    whole = bytearray(book(rows("<row><c t='s'><v>0</v></c></row>"), sharedStrings="<sst/>"))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(2, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_sheets(bytes(whole))
    except InvalidValue:
        return


@given(st.text(alphabet="0123456789²٣-x", max_size=8))
def test_any_style_number_is_read_past(number: str) -> None:
    """A style that is none, in whatever digits, leaves its cell's number as it is written."""
    styles = f'<styleSheet><cellXfs><xf numFmtId="9{number}"/></cellXfs></styleSheet>'
    sheet = rows('<row r="1"><c r="A1" s="0"><v>41950.5</v></c></row>')
    cells, problems = read_cells(book(sheet, styles=styles))
    assert ([row.cells for row in cells.rows], problems) == ([("41950.5",)], [])
