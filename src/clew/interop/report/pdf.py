"""A report as PDF on A4: marking on each page, values inert, long values broken."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Image, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from clew.interop.report.content import ReportContent
from clew.interop.report.tables import Table

SIDE = 16 * mm
PADDING = 6
"""What the frame of a page keeps free on each side, in points."""
WIDTH = A4[0] - 2 * SIDE - 2 * PADDING
ROWS_MAX = 1_500
"""Most rows of one table on paper; what is beyond is counted."""
CELL_LENGTH_MAX = 1_000
"""Longest text of one cell on paper, in code points; a longer one is cut with a mark."""
FIGURE_HEIGHT_MAX = 150 * mm
PIXELS = 1_600
HEAD_ROOM = 40 * mm
"""A heading with less room below it goes to the next page."""
SHARES = {
    "type": 1.5, "value": 4.0, "from": 3.0, "to": 3.0, "who says so, and when": 4.0,
    "completeness": 3.0, "transform": 3.0, "states and tags": 3.0, "why": 4.0, "reply": 2.0,
}  # fmt: skip
"""How wide a column is against the others (1)."""

_TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=9, leading=12.5, alignment=TA_LEFT)
_DIM = ParagraphStyle(
    "dim", parent=_TEXT, fontSize=8, leading=11, textColor=colors.HexColor("#616B7A")
)
_TITLE = ParagraphStyle("title", parent=_TEXT, fontName="Helvetica-Bold", fontSize=17, leading=22)
_HEAD = ParagraphStyle(
    "head", parent=_TEXT, fontName="Helvetica-Bold", fontSize=11.5, leading=15, spaceBefore=12,
    spaceAfter=4,
)  # fmt: skip
_CELL = ParagraphStyle(
    "cell", parent=_TEXT, fontName="Courier", fontSize=6.8, leading=8.4, wordWrap="CJK"
)
_LABEL = ParagraphStyle("label", parent=_DIM, fontSize=7, leading=9)


def pdf(content: ReportContent) -> bytes:
    """
    The report as a PDF file.

    Texts become paragraphs with their marks escaped: no link, no font, no picture of a value.
    Characters that the standard fonts lack are told by their code point.
    """
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=SIDE, rightMargin=SIDE, topMargin=20 * mm,
        bottomMargin=16 * mm, title=_plain(content.title), author="Clew", invariant=1,
    )  # fmt: skip
    parts: list[Flowable] = [_paragraph(content.title, _TITLE), Spacer(1, 6)]
    parts += [_paragraph(line, _TEXT) for line in content.summary]
    parts += [Spacer(1, 4), _paragraph(content.stamp, _DIM), Spacer(1, 6)]
    for figure in content.figures:
        parts += [_picture(figure.svg), _paragraph(figure.caption, _DIM)]
    for table in content.tables:
        parts += _table(table)
    parts.append(_paragraph("Method", _HEAD))
    parts += [_paragraph(line, _TEXT) for line in content.method]

    def page(canvas: Canvas, _: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica-Bold", 8)
        canvas.drawRightString(A4[0] - SIDE, A4[1] - 12 * mm, _plain(content.marking))
        canvas.drawString(SIDE, 9 * mm, _plain(content.marking))
        canvas.setFont("Helvetica", 8)
        canvas.drawString(SIDE, A4[1] - 12 * mm, _plain(content.title)[:90])
        canvas.drawRightString(A4[0] - SIDE, 9 * mm, f"{canvas.getPageNumber()}")
        canvas.restoreState()

    document.build(parts, onFirstPage=page, onLaterPages=page)
    return out.getvalue()


def _table(table: Table) -> list[Flowable]:
    parts: list[Flowable] = [CondPageBreak(HEAD_ROOM), _paragraph(table.title, _HEAD)]
    listed = table.rows[:ROWS_MAX]
    if table.note:
        parts.append(_paragraph(table.note, _DIM))
    if len(listed) < table.known:
        parts.append(_paragraph(f"{len(listed)} of {table.known} are listed.", _DIM))
    if not listed:
        return [*parts, _paragraph("None.", _DIM)]
    shares = [SHARES.get(head, 1.0) for head in table.heads]
    widths = [WIDTH * share / sum(shares) for share in shares]
    cells: list[list[Paragraph | str]] = [[_paragraph(head, _LABEL) for head in table.heads]]
    cells += [
        [_cell(cell, width) for cell, width in zip(row, widths, strict=True)] for row in listed
    ]
    grid = Grid(cells, colWidths=widths, repeatRows=1, splitByRow=1)
    line = colors.HexColor("#E4E7EB")
    grid.setStyle(
        [
            ("FONT", (0, 1), (-1, -1), _CELL.fontName, _CELL.fontSize, _CELL.leading),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, line), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ]
    )  # fmt: skip
    return [*parts, grid]


def _picture(svg: str) -> Flowable:
    from resvg_py import svg_to_bytes

    raw = bytes(svg_to_bytes(svg_string=svg, width=PIXELS))
    image = Image(io.BytesIO(raw))
    scale = min(WIDTH / image.imageWidth, FIGURE_HEIGHT_MAX / image.imageHeight)
    image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
    return image


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    markup = _plain(text)
    for mark, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        markup = markup.replace(mark, safe)
    return Paragraph(markup, style)


def _cell(text: str, width: float) -> Paragraph | str:
    """A cell; what fits on one line needs no paragraph, which takes ten times as long."""
    plain = _plain(text)
    # Every letter of Courier is as wide as any other.
    if len(plain) * 0.6 * _CELL.fontSize <= width - 4 and plain.isprintable():
        return plain
    return _paragraph(_short(text), _CELL)


def _short(text: str) -> str:
    return text if len(text) <= CELL_LENGTH_MAX else f"{text[:CELL_LENGTH_MAX]} … cut"


def _plain(text: str) -> str:
    """In the letters of the standard fonts (WinAnsi); others are told as U+XXXX."""
    letters = []
    for letter in text:
        try:
            letter.encode("cp1252")
            letters.append(letter)
        except UnicodeEncodeError:
            letters.append(f"<U+{ord(letter):04X}>")
    return "".join(letters)
