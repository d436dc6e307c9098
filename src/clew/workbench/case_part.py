"""A part of an investigation as a new one, for handing it over."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from clew.errors import FileFault

if TYPE_CHECKING:
    from clew.interop.exchange_graph import ExchangeGraph


def write_case_part(
    exchange: ExchangeGraph, to: Path, *, source: str, graph: str, actor: str
) -> int:
    """
    Write a graph as an investigation of its own; gives its number of entries.

    It holds the claims with their providers, dates and markings, and what people decided, but no
    replies: what was asked and answered stays where it is, and the first entry says where.

    Args:
        exchange: What may be in it.
        to: The new file; it has that name when it is whole.
        source: Last digest of the file that it is a part of, hex.
        graph: Name of the graph in it.
        actor: Who hands it over.

    Raises:
        FileFault: There is a file already, or it can't be written.
    """
    from clew.interop.changes import import_changes
    from clew.store.beside import file_beside
    from clew.store.investigation import Investigation

    if to.exists():
        raise FileFault(to, "there is a file already", helps="Choose another name.")
    changes = import_changes(
        exchange, graph, action=uuid.uuid4().hex, label=f"Part of {source[:16]}", actor=actor,
        at=time.time_ns() // 1_000,
    )  # fmt: skip
    with (
        file_beside(to) as part,
        Investigation.create(part, title=exchange.title, source=source) as made,
    ):
        made.append(changes)
        return made.state.seq
