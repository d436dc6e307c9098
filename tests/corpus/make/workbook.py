"""A workbook as a spreadsheet program saves one: two sheets, shared texts, dates as numbers."""

from __future__ import annotations

from xml.sax.saxutils import escape

from corpus.make.archive import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DAY, TIME, PLAIN = 1, 2, 0
"""Styles of cells, by their place in the style sheet."""
Cell = str | int | float | tuple[float, int] | None
"""A text, a number, a number with its style (a date), or nothing."""

INDICATORS: tuple[tuple[Cell, ...], ...] = (
    (),
    (),
    ("Type", "Value", "First seen", "Comment"),
    ("domain", "heron[.]example", (41813, DAY), "C2"),
    ("ip", "192.0.2.71", (41813.5, TIME), "C2; see sheet 2"),
    ("md5", "A9" * 16, None, "<dropper> & more"),
    ("url", "hxxp://heron[.]example/a?b=1", (41820, DAY), "C2"),
    ("email", "news@heron.example", None, "  spaces  "),
)
RESOLUTIONS: tuple[tuple[Cell, ...], ...] = (
    ("Domain", "IP Address", "First seen", "Last seen", "Count"),
    ("one.heron.example", "192.0.2.72", (41820, DAY), (41825, DAY), 17),
    ("two.heron.example", "198.51.100.72", (41821, DAY), None, 2.5),
)


def workbook() -> bytes:
    """The file."""
    texts: dict[str, int] = {}
    sheets = [_sheet(rows, texts) for rows in (INDICATORS, RESOLUTIONS)]
    listed = "".join(
        f'<si><t xml:space="preserve">{escape(text)}</t></si>'
        if text.strip() == text
        # A text whose parts look different is written in runs.
        else f'<si><r><t xml:space="preserve">{escape(text[:3])}</t></r><r><rPr><b/></rPr>'
        f'<t xml:space="preserve">{escape(text[3:])}</t></r></si>'
        for text in texts
    )
    count = len(texts)
    kinds = {
        "/xl/workbook.xml": "sheet.main", "/xl/worksheets/sheet1.xml": "worksheet",
        "/xl/worksheets/sheet2.xml": "worksheet", "/xl/styles.xml": "styles",
        "/xl/sharedStrings.xml": "sharedStrings",
    }  # fmt: skip
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return zipped(
        {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
            f'+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
            "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr '
            'defaultThemeVersion="124226"/><sheets><sheet name="Indicators" sheetId="1" '
            'r:id="rId1"/><sheet name="Passive DNS" sheetId="7" r:id="rId2"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(
                {
                    "rId1": ("worksheet", "worksheets/sheet1.xml"),
                    "rId2": ("worksheet", "worksheets/sheet2.xml"),
                    "rId3": ("styles", "styles.xml"),
                    "rId4": ("sharedStrings", "sharedStrings.xml"),
                }
            ),
            "xl/worksheets/sheet1.xml": sheets[0],
            "xl/worksheets/sheet2.xml": sheets[1],
            "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt '
            'numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><cellXfs count="3">'
            '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" '
            'applyNumberFormat="1"/></cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}" count="{count}" '
            f'uniqueCount="{count}">{listed}</sst>',
        }
    )


def _sheet(rows: tuple[tuple[Cell, ...], ...], texts: dict[str, int]) -> str:
    """Rows that are empty are not there, as cells that are."""
    made = "".join(
        f'<row r="{at}" spans="1:5">'
        + "".join(_cell(f"{chr(65 + column)}{at}", cell, texts) for column, cell in enumerate(row))
        + "</row>"
        for at, row in enumerate(rows, 1)
        if row
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1:E{len(rows)}"/><sheetData>{made}'
        '</sheetData><mergeCells count="1"><mergeCell ref="A1:E2"/></mergeCells></worksheet>'
    )


def _cell(place: str, cell: Cell, texts: dict[str, int]) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f'<c r="{place}" t="s"><v>{texts.setdefault(cell, len(texts))}</v></c>'
        case (number, style):
            return f'<c r="{place}" s="{style}"><v>{number}</v></c>'
        case _:
            return f'<c r="{place}"><f>SUM(1,1)</f><v>{cell}</v></c>'


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'
