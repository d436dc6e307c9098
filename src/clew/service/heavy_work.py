"""Heavy work as plain functions: a worker calls them by name, small work calls them here."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clew.graph.markings import investigation_marking
from clew.graph.sharing import Ceiling
from clew.graph.view import View, view_of
from clew.interop.fidelity import losses
from clew.interop.formats import formats
from clew.interop.importing import ImportedFile
from clew.interop.picture.drawing import drawing_of
from clew.interop.picture.png import png
from clew.interop.picture.svg import svg
from clew.interop.report.content import ReportContent
from clew.interop.report.html import html
from clew.interop.report.markdown import markdown
from clew.layout.layouts import lay_out
from clew.model.marking import Marking
from clew.schema.registry import Catalogue
from clew.service.downloads import SharedBytes
from clew.service.editions import editions_of
from clew.service.file_shapes import ExportLosses, FilePreview
from clew.service.import_preview import preview, read
from clew.service.tables import entity_table, ipc, link_table, observation_table
from clew.service.uploads import Upload
from clew.service.worker_case import opened_at, own_kinds
from clew.workbench import Workbench

Points = NDArray[np.float64]
Points32 = NDArray[np.float32]
Places = NDArray[np.int32]
TableKind = Literal["entities", "links", "observations"]
ReportKind = Literal["html", "md", "pdf"]
PictureKind = Literal["svg", "png"]


INLINE_ROWS_MAX = 2_000
"""Entities and links of a graph from where on work with all of it is done in a worker."""
INLINE_BYTES_MAX = 500_000
"""Size of a file from where on it is read in a worker."""


def is_small(view: View) -> bool:
    """Whether work with all of a graph takes so little that the service does it by itself."""
    return len(view.entities) + len(view.links) < INLINE_ROWS_MAX


def organic_layout(size: int, sources: Places, targets: Places) -> Points:
    """Where a graph's entities are at first."""
    return lay_out("organic", size, sources, targets, groups=np.zeros(size, np.int32))


def named_layout(
    size: int, sources: Places, targets: Places, layout: str, groups: Places
) -> Points:
    """Where a layout of that name puts *size* entities."""
    return lay_out(layout, size, sources, targets, groups=groups)


def read_upload(
    kinds: Catalogue | None, upload: Upload, run: str, learnt: int, mapping: str
) -> ImportedFile:
    """The graph of a file that was sent (previewing.read); by the user's own kinds where None."""
    return read(upload, kinds or own_kinds(), run=run, learnt=learnt, mapping=mapping)


def preview_upload(
    kinds: Catalogue | None, upload: Upload, run: str, learnt: int, mapping: str, token: str,
    saved: bool,
) -> FilePreview:  # fmt: skip
    """What a file that was sent would bring (previewing.preview)."""
    kinds = kinds or own_kinds()
    imported = read_upload(kinds, upload, run, learnt, mapping)
    return preview(upload, imported, kinds, token=token, mapping=mapping, saved=saved)


def report_file(
    path: str, seq: int, graph: str, kind: ReportKind, points: Points,
    ceiling: Ceiling, beside: tuple[str, ...],
) -> SharedBytes:  # fmt: skip
    """A report of a graph as it was after the entry *seq* of a file."""
    bench = opened_at(path, seq)
    content = bench.report_content(graph, places=points, ceiling=ceiling, beside=beside)
    return write_report(content, kind), str(content.kept_back)


def table_file(
    path: str, seq: int, graph: str, kind: TableKind, points: Points | None, at: int | None,
    default: Marking,
) -> bytes:  # fmt: skip
    """A table of a graph as Arrow, as a file was after the entry *seq*; of the entry *at*."""
    bench = opened_at(path, seq)
    view = view_of(bench.state if at is None else bench.state_at(at), graph)
    return table_bytes(bench, view, kind, points, default)


def table_bytes(
    bench: Workbench, view: View, kind: TableKind, points: Points | None, default: Marking
) -> bytes:
    """A table of a graph; *points* are where entities are drawn, *default* marks the unmarked."""
    match kind:
        case "entities":
            assert points is not None, "entities have places"
            table = entity_table(
                view, bench.catalogue, points, window=bench.window(), default=default
            )
        case "links":
            table = link_table(view, bench.catalogue, window=bench.window())
        case "observations":
            table = observation_table(view)
    return ipc(table)


def changes_file(
    path: str, seq: int, graph: str, points: Points32, at: int | None, after: str, default: Marking
) -> bytes:
    """What changed of a graph's tables, as a file was after the entry *seq*; at the entry *at*."""
    bench = opened_at(path, seq)
    view = view_of(bench.state_at(at), graph) if at is not None else bench.view(graph)
    return change_bytes(bench, view, points, after, default)


def change_bytes(
    bench: Workbench, view: View, points: Points32, after: str, default: Marking
) -> bytes:
    """What changed of a graph's tables since the edition *after* (editions.py)."""
    return editions_of(bench).answer(view, points, after, window=bench.window(), default=default)


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


def export_file(path: str, seq: int, graph: str, kind: str, ceiling: Ceiling) -> SharedBytes:
    """A graph in a format as it was after the entry *seq* of a file."""
    exchange = opened_at(path, seq).export_graph(graph, kind, ceiling=ceiling)
    return formats().writer(kind)(exchange), str(exchange.kept_back)


def export_losses(path: str, seq: int, graph: str, kind: str, ceiling: Ceiling) -> ExportLosses:
    """What an export would hold, of a file as it was after the entry *seq*."""
    return losses_of(opened_at(path, seq), graph, kind, ceiling)


def losses_of(bench: Workbench, graph: str, kind: str, ceiling: Ceiling) -> ExportLosses:
    """What an export of an open investigation would hold, and what it has no room for."""
    exchange = bench.export_graph(graph, kind, ceiling=ceiling)
    return ExportLosses(
        entities=exchange.block.entities.height,
        observations=exchange.block.links.height,
        kept_back=exchange.kept_back.entities,
        kept_back_told=str(exchange.kept_back),
        lost=losses(exchange, formats().named(kind).fidelity),
    )


def picture_file(
    path: str, seq: int, graph: str, kind: PictureKind, theme: Literal["light", "dark"],
    points: Points, ceiling: Ceiling,
) -> SharedBytes:  # fmt: skip
    """A picture of a graph as it was after the entry *seq* of a file."""
    return picture_bytes(opened_at(path, seq), graph, kind, theme, points, ceiling)


def picture_bytes(
    bench: Workbench, graph: str, kind: PictureKind, theme: Literal["light", "dark"],
    points: Points, ceiling: Ceiling,
) -> SharedBytes:  # fmt: skip
    """A picture of what may leave of a graph; *points* are where all its entities are drawn."""
    part = bench.shareable(graph, ceiling)
    window = bench.state.decisions.time_window.window
    drawing = drawing_of(
        part, bench.catalogue, title=f"{bench.title}: {graph}",
        marking=str(investigation_marking(bench.state).filled(ceiling.default)),
        subtitle=window or "all of time", places=points,
    )  # fmt: skip
    drawn = svg(drawing, theme=theme).encode() if kind == "svg" else png(drawing, theme=theme)
    return drawn, str(part.kept_back)
