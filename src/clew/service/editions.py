"""Editions of a graph's tables: what pages have, so that only what changed is told."""

from __future__ import annotations

from collections import OrderedDict
from secrets import token_hex
from weakref import WeakKeyDictionary

from clew.graph.view import View
from clew.model.interval import Window
from clew.model.marking import Marking
from clew.schema.registry import Catalogue
from clew.service.entity_texts import EntityTexts
from clew.service.graph_changes import ChangeWriter, TableChange, shared_cells, table_change
from clew.service.graph_columns import GraphColumns, Points, graph_columns
from clew.service.words import Words
from clew.workbench import Workbench

EDITIONS_MAX = 6
"""Most editions that are kept, of all graphs; each has some 60 bytes an entity and 25 a link."""


class Editions:
    """The latest editions of one investigation's graphs, each by a name that nobody can guess."""

    def __init__(self, catalogue: Catalogue) -> None:
        """*catalogue* says how kinds are shown and what states are worth."""
        self._catalogue = catalogue
        self._texts = EntityTexts(catalogue)
        self._words = Words()
        self._kept: OrderedDict[str, tuple[str, GraphColumns]] = OrderedDict()

    def answer(
        self, view: View, points: Points, after: str, *, window: Window | None, default: Marking
    ) -> bytes:
        """
        What changed of a graph's tables since an edition (graph_changes.py).

        Args:
            view: The graph as it is asked for.
            points: Where each entity is drawn, by place.
            after: The edition that the reader has; one that is not known gives all of it.
            window: The window under study.
            default: How what carries no marking counts.
        """
        graph = view.graph or ""
        found = graph_columns(
            view, self._catalogue, points, window=window, default=default, words=self._words
        )
        name, known = self._kept.get(after, ("", None))
        before = known if name == graph else None
        edition, changes = after, [table_change(None, one) for one in found.tables]
        if before is not None:
            tables = [shared_cells(*pair) for pair in zip(before.tables, found.tables, strict=True)]
            found = GraphColumns(found.seq, *tables)
            fewer = [table_change(*pair) for pair in zip(before.tables, tables, strict=True)]
            # All of it is told where that is less.
            if _rows(fewer) <= _rows(changes):
                changes = fewer
            else:
                before = None
        if before is None or _rows(changes):
            edition = f"{view.state.seq}-{token_hex(8)}"
        self._kept[edition] = (graph, found)
        self._kept.move_to_end(edition)
        while len(self._kept) > EDITIONS_MAX:
            self._kept.popitem(last=False)
        return ChangeWriter(view.state, self._texts, self._words).answer(
            changes, found, edition, whole=before is None
        )


def _rows(changes: list[TableChange]) -> int:
    return sum(len(one.changed) + len(one.gone) for one in changes)


_of: WeakKeyDictionary[Workbench, Editions] = WeakKeyDictionary()


def editions_of(bench: Workbench) -> Editions:
    """The editions of an open investigation; they end with it."""
    if (found := _of.get(bench)) is None:
        found = _of[bench] = Editions(bench.catalogue)
    return found
