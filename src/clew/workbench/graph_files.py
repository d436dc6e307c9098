"""Files in and out: what the façade does with graphs of other tools."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

from clew.graph.view import View
from clew.interop.export import exchange_graph_of
from clew.model.marking import TLP

if TYPE_CHECKING:
    from clew.interop.exchange_graph import ExchangeGraph
    from clew.interop.importing import ImportedFile
    from clew.schema.registry import Catalogue
    from clew.store.investigation import Investigation

MEDIA_TYPE = "application/octet-stream"


def import_graph(
    case: Investigation, imported: ImportedFile, data: bytes, *, graph: str, label: str, actor: str
) -> int:
    """
    Append a file's graph as one action, its bytes stored as a reply; gives how many entries.

    A file whose bytes are over what a reply may have is read, but not stored.
    """
    from clew.interop.changes import import_changes
    from clew.store.replies import REPLY_BYTES_MAX, StoredReply

    changes = import_changes(
        imported.graph, graph, action=uuid.uuid4().hex, label=label, actor=actor,
        at=time.time_ns() // 1_000,
    )  # fmt: skip
    replies = [StoredReply.of(data, MEDIA_TYPE)] if len(data) <= REPLY_BYTES_MAX else []
    case.append(changes, replies=replies)
    return len(changes)


def export_graph(
    case: Investigation, view: View, catalogue: Catalogue, kind: str, *, title: str, ceiling: TLP
) -> ExchangeGraph:
    """A graph to be written in a format; with scores and unknown parts where it has them."""
    from clew.analysis.corroboration import corroboration
    from clew.interop.importing import rest_of
    from clew.interop.report.ceiling import view_within

    visible, _ = view_within(view, ceiling)
    exchange = exchange_graph_of(visible, title=title, ceiling=ceiling)
    if kind == "stix":
        scores = corroboration(visible, catalogue, window=None).values.tolist()
        records = visible.link_records()
        exchange.scores = {
            (one.source, one.type, one.target): score
            for one, score in zip(records, scores, strict=True)
        }
    if kind in ("mtgx", "stix") and ceiling is TLP.RED:
        # What a file had beside its graph goes out with it: icons, definitions, markings. Nobody
        # marked these parts, so under a stricter ceiling they stay.
        for one in exchange.provenance:
            if one.transform == f"import.{kind}" and one.reply:
                reply = case.store.reply(one.reply)
                if reply is not None:
                    exchange.rest |= rest_of(reply.body, kind, catalogue)
    return exchange
