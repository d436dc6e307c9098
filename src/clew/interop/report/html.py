"""A report as one self-contained HTML page: no script, no outside reference, values inert."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from clew.interop.report.content import ReportContent
from clew.interop.report.tables import Table

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
body{font:14px/1.5 system-ui,sans-serif;color:#161b22}
body{max-width:1080px;margin:32px auto;padding:0 24px}
h1{font-size:24px;margin:8px 0}h2{font-size:17px;margin:32px 0 8px}
.tlp{background:#000;color:#fff;font-weight:600;padding:2px 8px;border-radius:4px}
table{border-collapse:collapse;width:100%}th{font-weight:500;color:#616b7a}
th,td{text-align:left;border-bottom:1px solid #e4e7eb;padding:4px 10px 4px 0;vertical-align:top}
td.v{font-family:ui-monospace,monospace;font-size:12px;overflow-wrap:anywhere}td.r{text-align:right}
.figure svg{width:100%;height:auto;border:1px solid #e4e7eb}.dim{color:#616b7a}
@page{size:A4;margin:16mm}
@media print{body{max-width:none;margin:0;padding:0;font-size:11px}h2{break-after:avoid}
tr{break-inside:avoid}td.v{font-size:9px}thead{display:table-header-group}}
"""


def html(content: ReportContent) -> str:
    """The page; its marking stands on top, at the end and on each printed page."""
    body = [
        f'<p><span class="tlp">{_text(content.marking)}</span></p>',
        f"<h1>{_text(content.title)}</h1>",
        *(f"<p>{_text(line)}</p>" for line in content.summary),
        f'<p class="dim">{_text(content.stamp)}</p>',
    ]
    for figure in content.figures:
        body.append(
            f'<div class="figure">{figure.svg}<p class="dim">{_text(figure.caption)}</p></div>'
        )
    for table in content.tables:
        body.extend(_table(table))
    body.append("<h2>Method</h2>")
    body.extend(f"<p>{_text(line)}</p>" for line in content.method)
    body.append(f'<p><span class="tlp">{_text(content.marking)}</span></p>')
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{_text(content.title)}</title>"
        f"<style>{STYLE}@page{{@top-right{{content:{_css(content.marking)}}}}}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _table(table: Table) -> Iterator[str]:
    yield f"<h2>{_text(table.title)}</h2>"
    if table.note:
        yield f'<p class="dim">{_text(table.note)}</p>'
    if len(table.rows) < table.known:
        yield f'<p class="dim">{len(table.rows)} of {table.known} are listed.</p>'
    heads = "".join(f"<th>{_text(head)}</th>" for head in table.heads)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td class=v>{_text(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"


def _css(text: str) -> str:
    """A CSS string of escapes alone, so that nothing in it can end it (CSS Syntax 3, 4.3.7)."""
    return '"' + "".join(f"\\{ord(letter):x} " for letter in text) + '"'


def _text(text: str) -> str:
    return escape(text)
