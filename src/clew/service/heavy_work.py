"""Heavy work as plain functions: a worker calls them by name, small work calls them here."""

from __future__ import annotations

import os
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clew.engine.user_kinds import user_kinds
from clew.graph.view import View
from clew.interop.formats import formats
from clew.interop.importing import ImportedFile
from clew.interop.picture.drawing import drawing_of
from clew.interop.picture.png import png
from clew.interop.picture.svg import svg
from clew.interop.report.content import ReportContent
from clew.interop.report.html import html
from clew.interop.report.markdown import markdown
from clew.layout.layouts import lay_out
from clew.layout.organic import organic
from clew.model.marking import TLP
from clew.schema.registry import Catalogue
from clew.service.file_shapes import FilePreview
from clew.service.import_preview import preview, read
from clew.service.uploads import Upload
from clew.workbench import Workbench

Points = NDArray[np.float64]
Places = NDArray[np.int32]
ReportKind = Literal["html", "md", "pdf"]
PictureKind = Literal["svg", "png"]


INLINE_ROWS_MAX = 10_000
"""Entities and links of a graph from where on work with all of it is done in a worker."""
INLINE_BYTES_MAX = 500_000
"""Size of a file from where on it is read in a worker."""


def is_small(view: View) -> bool:
    """Whether work with all of a graph takes so little that the service does it by itself."""
    return len(view.entities) + len(view.links) < INLINE_ROWS_MAX


def organic_layout(
    size: int, sources: Places, targets: Places, start: Points | None, steps: int
) -> Points:
    """Where the organic layout puts *size* entities."""
    return organic(size, sources, targets, start=start, steps=steps)


def named_layout(
    size: int, sources: Places, targets: Places, layout: str, groups: Places
) -> Points:
    """Where a layout of that name puts *size* entities."""
    return lay_out(layout, size, sources, targets, groups=groups)


def read_upload(
    kinds: Catalogue | None, upload: Upload, run: str, learnt: int, mapping: str
) -> ImportedFile:
    """The graph of a file that was sent (previewing.read); by the user's own kinds where None."""
    return read(upload, kinds or _kinds(), run=run, learnt=learnt, mapping=mapping)


def preview_upload(
    kinds: Catalogue | None, upload: Upload, run: str, learnt: int, mapping: str, token: str,
    saved: bool,
) -> FilePreview:  # fmt: skip
    """What a file that was sent would bring (previewing.preview)."""
    kinds = kinds or _kinds()
    imported = read_upload(kinds, upload, run, learnt, mapping)
    return preview(upload, imported, kinds, token=token, mapping=mapping, saved=saved)


def report_file(
    path: str, seq: int, graph: str, kind: ReportKind, points: Points, ceiling: TLP,
    beside: tuple[str, ...],
) -> bytes:  # fmt: skip
    """A report of a graph as it was after the entry *seq* of a file."""
    with _opened(path, seq) as bench:
        content = bench.report_content(graph, places=points, ceiling=ceiling, beside=beside)
        return write_report(content, kind)


def write_report(content: ReportContent, kind: ReportKind) -> bytes:
    """A report in a format."""
    match kind:
        case "html":
            return html(content).encode()
        case "md":
            return markdown(content).encode()
        case "pdf":
            from clew.interop.report.pdf import pdf

            return pdf(content)


def export_file(path: str, seq: int, graph: str, kind: str, ceiling: TLP) -> bytes:
    """A graph in a format as it was after the entry *seq* of a file."""
    with _opened(path, seq) as bench:
        return formats().writer(kind)(bench.export_graph(graph, kind, ceiling=ceiling))


def picture_file(
    path: str, seq: int, graph: str, kind: PictureKind, theme: Literal["light", "dark"],
    points: Points,
) -> bytes:  # fmt: skip
    """A picture of a graph as it was after the entry *seq* of a file."""
    with _opened(path, seq) as bench:
        return picture_bytes(bench, graph, kind, theme, points)


def picture_bytes(
    bench: Workbench, graph: str, kind: PictureKind, theme: Literal["light", "dark"],
    points: Points,
) -> bytes:  # fmt: skip
    """A picture of a graph of an open investigation; *points* are where entities are drawn."""
    window = bench.state.decisions.time_window.window
    drawing = drawing_of(
        bench.view(graph), bench.catalogue, title=f"{bench.title}: {graph}",
        marking=bench.marking, subtitle=window or "all of time", places=points,
    )  # fmt: skip
    return svg(drawing, theme=theme).encode() if kind == "svg" else png(drawing, theme=theme)


@cache
def _kinds() -> Catalogue:
    return user_kinds(os.environ)[0]


def _opened(path: str, seq: int) -> Workbench:
    """An investigation opened for reading, as it was after an entry; nobody is asked from it."""
    bench = Workbench.open(path, {"CLEW_KEYRING": "no"}, readonly=True, kinds=_kinds())
    if bench.state.seq != seq:
        bench.case.state = bench.case.at(seq)
    return bench
