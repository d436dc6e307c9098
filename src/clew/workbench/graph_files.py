"""Files in and out: what the façade does with graphs of other tools."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

import numpy as np

from clew.graph.sharing import Shareable
from clew.interop.export import exchange_graph_of
from clew.model.marking import TLP, Marking
from clew.model.marking_text import is_silent

if TYPE_CHECKING:
    from clew.interop.exchange_graph import ExchangeGraph
    from clew.interop.importing import ImportedFile
    from clew.schema.registry import Catalogue
    from clew.store.investigation import Investigation

MEDIA_TYPE = "application/octet-stream"


def import_graph(
    case: Investigation,
    imported: ImportedFile,
    data: bytes,
    *,
    graph: str,
    label: str,
    actor: str,
    default: Marking,
) -> int:
    """
    Append a file's graph as one action, its bytes stored as a reply; gives how many entries.

    A file whose bytes are over what a reply may have is read, but not stored. A file lowers no
    marking: where one is stricter here, that one stays.
    """
    from clew.interop.changes import import_changes
    from clew.store.replies import REPLY_BYTES_MAX, StoredReply
    from clew.workbench.lowering import without_lowering

    changes = import_changes(
        imported.graph, graph, action=uuid.uuid4().hex, label=label, actor=actor,
        at=time.time_ns() // 1_000,
    )  # fmt: skip
    changes = without_lowering(case.state, changes, default)
    replies = [StoredReply.of(data, MEDIA_TYPE)] if len(data) <= REPLY_BYTES_MAX else []
    case.append(changes, replies=replies)
    return len(changes)


def export_graph(
    case: Investigation, part: Shareable, catalogue: Catalogue, kind: str, *, title: str
) -> ExchangeGraph:
    """What may leave of a graph, to be written in a format; with scores and unknown parts."""
    from clew.analysis.corroboration import corroboration
    from clew.interop.importing import rest_of

    exchange = exchange_graph_of(part, title=title)
    if kind == "stix":
        scores = corroboration(part.view, catalogue, window=None).values.tolist()
        records = part.view.link_records()
        exchange.scores = {
            (one.source, one.type, one.target): score
            for one, score in zip(records, scores, strict=True)
        }
    if kind in ("mtgx", "stix"):
        # What a file had beside its graph goes out with it: icons, definitions, markings.
        for one in exchange.provenance:
            if one.transform == f"import.{kind}" and one.reply and _leaves_whole(part, one.reply):
                reply = case.store.reply(one.reply)
                if reply is not None:
                    rest = rest_of(reply.body, kind, catalogue)
                    exchange.rest |= {
                        name: text
                        for name, text in rest.items()
                        if part.ceiling.tlp is TLP.RED or is_silent(text.decode("utf-8", "replace"))
                    }
    return exchange


def _leaves_whole(part: Shareable, reply: str) -> bool:
    """Whether all that came from a file may leave: what has no word here may speak of it."""
    if part.ceiling.tlp is TLP.RED:
        return True
    state = part.view.state
    records = state.provenances.records
    of_file = np.asarray([one.reply == reply for one in records], np.bool_)
    if part.view.withheld is not None and (part.view.withheld & of_file).any():
        return False
    if not part.ceiling.admits(""):
        return False
    return all(
        bool(part.entities[index.entities[of_file[index.provenance]]].all())
        for index in state.observe_index.values()
    )
