"""CSV: one row a link observation; formula-safe, values defanged."""

from __future__ import annotations

import csv
import io

from clew.graph.view import View, link_observation
from clew.model.entity import Link
from clew.schema.refang import defang
from clew.schema.registry import catalogue

HEADER = (
    "source_type", "source", "link", "target_type", "target", "first", "last", "provider",
    "collectors", "transform", "run", "reply",
)  # fmt: skip


def write_csv(view: View) -> bytes:
    """The link observations of a graph as CSV in UTF-8 with a header (RFC 4180)."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in view.observations.tolist():
        told = link_observation(view.state, row)
        link = told.subject
        assert isinstance(link, Link)
        cells = (
            link.source.type, _value(link.source.type, link.source.value), link.type,
            link.target.type, _value(link.target.type, link.target.value), str(told.seen.first),
            str(told.seen.last), told.provenance.provider, " ".join(told.collectors),
            told.provenance.transform, told.provenance.run, told.provenance.reply,
        )  # fmt: skip
        writer.writerow([_inert(cell) for cell in cells])
    return sink.getvalue().encode()


def _value(type_: str, text: str) -> str:
    kind = catalogue().entity_types.get(type_)
    return defang(kind.value.trusted(text)) if kind else text


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
