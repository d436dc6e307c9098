"""Clew in Python and notebooks: an investigation whose answers are Polars frames."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.analysis.common_entities import common_entities
from clew.analysis.compare import Comparison, compare
from clew.analysis.corroboration import corroboration
from clew.analysis.interval_columns import OVERLAPS
from clew.analysis.overlap import overlap
from clew.analysis.pivots import next_pivots
from clew.analysis.prune import PruneRules, as_change, propose
from clew.analysis.structure import structure
from clew.analysis.window import in_window
from clew.graph.entities import pack_ids
from clew.graph.view import View, view_of
from clew.interop.picture.drawing import drawing_of
from clew.interop.picture.svg import svg
from clew.model.change import GraphMerge, TimeWindow
from clew.model.interval import UndatedPolicy, Window
from clew.playbook.library import load_playbook
from clew.playbook.run import run_playbook
from clew.schema.detect import read_lines
from clew.workbench import Workbench

if TYPE_CHECKING:
    from clew.playbook.result import PlaybookResult

Rows = NDArray[np.int32]
__all__ = ["Case", "create", "open"]


def create(path: Path | str, *, environment: Mapping[str, str] | None = None) -> Case:
    """A new investigation; raises FileFault where there is one."""
    return Case(Workbench.create(path, os.environ if environment is None else environment))


def open(path: Path | str, *, environment: Mapping[str, str] | None = None) -> Case:
    """An investigation of a file."""
    return Case(Workbench.open(path, os.environ if environment is None else environment))


class Case:
    """An open investigation. Frames hold live values; pictures and reports are defanged."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.bench.case.close()

    def __repr__(self) -> str:
        view = self.bench.view()
        graphs = ", ".join(self.graphs) or "none"
        return f"<Case {self.bench.title}: {len(view.entities)} entities; graphs: {graphs}>"

    def _repr_svg_(self) -> str:
        sizes = {name: len(self.bench.view(name).entities) for name in self.graphs}
        return self.picture(max(sizes, key=lambda name: sizes[name]) if sizes else None)

    @property
    def graphs(self) -> list[str]:
        """Names of the graphs."""
        return list(self.bench.state.decisions.graphs)

    def picture(self, graph: str | None = None) -> str:
        """A graph as SVG."""
        bench, span = self.bench, self.bench.state.decisions.time_window.window
        drawn = drawing_of(
            bench.view(graph), bench.catalogue, marking=bench.marking,
            title=f"{bench.title}: {graph or 'all'}", subtitle=span or "all of time",
        )  # fmt: skip
        return svg(drawn)

    def add(self, text: str, *, graph: str = "main") -> pl.DataFrame:
        """Add the entities of a text, defanged or not; lines that were not understood say why."""
        values, problems = read_lines(text, self.bench.catalogue)
        unique = list({value: None for _, value in values})
        if unique:
            self.bench.add(unique, graph=graph, label=f"Add {len(unique)} values")
        rows = [(line, value.type.name, str(value), "") for line, value in values]
        rows += [(one.line, "", one.text, one.reason) for one in problems]
        return pl.DataFrame(rows, schema=["line", "type", "value", "problem"], orient="row")

    def import_file(self, path: Path | str, *, graph: str = "main", kind: str = "") -> pl.DataFrame:
        """Add a file of another tool to a graph; gives its problems: where, text, reason."""
        from clew.interop.importing import read_file

        data = Path(path).read_bytes()
        run, now = uuid.uuid4().hex, int(time.time())
        imported = read_file(data, self.bench.catalogue, run=run, learnt=now, kind=kind)
        self.bench.import_graph(imported, data, graph=graph, label=f"Import {Path(path).name}")
        rows = [(one.where, one.text, one.reason) for one in imported.problems]
        return pl.DataFrame(rows, schema=["where", "text", "reason"], orient="row")

    def export_file(
        self, path: Path | str, *, graph: str | None = None, kind: str = "", ceiling: str = "RED"
    ) -> list[str]:
        """Write a graph in another tool's format; gives what that has no room for."""
        from clew.interop.fidelity import losses
        from clew.interop.formats import formats
        from clew.model.marking import Marking

        form = formats().named(kind) if kind else formats().for_file(Path(path).name)
        exchange = self.bench.export_graph(graph, form.name, ceiling=Marking.parse(ceiling).tlp)
        Path(path).write_bytes(formats().writer(form.name)(exchange))
        return losses(exchange, form.fidelity)

    def run(
        self,
        transform: str,
        inputs: pl.DataFrame,
        *,
        graph: str = "main",
        credits_max: float | None = 0,
        **settings: Any,
    ) -> pl.DataFrame:
        """
        Ask about entities (a frame of type and value); gives what the graph holds more.

        Raises:
            OverBudget: It would cost more than *credits_max* credits; nothing has left.
        """
        rows = self._rows(inputs)
        before = set(self.bench.view(graph).entities.tolist()) if graph in self.graphs else set()
        self.bench.run(transform, rows, graph=graph, settings=settings, credits_max=credits_max)
        frame = self.entities(graph)
        return frame.filter(~pl.col("row").is_in(list(before)))

    def run_playbook(self, playbook: str, **settings: Any) -> PlaybookResult:
        """Run a shipped playbook or one of a file."""
        return run_playbook(load_playbook(playbook), settings, self.bench)

    def window(self, span: str, *, undated: str = "keep", graph: str | None = None) -> pl.DataFrame:
        """Set the window (``2013``, ``FROM..TO``, ``DAY+-DAYS``); gives links with their place."""
        text = str(Window.parse(span)) if span else ""
        self.bench.decide(
            TimeWindow(text, UndatedPolicy(undated).value), label=f"Window {text or 'off'}"
        )
        return self.links(graph)

    def entities(self, graph: str | None = None) -> pl.DataFrame:
        """Row, type, value, links, rank, core and community of each entity."""
        view = self.bench.view(graph)
        records = view.entity_records()
        named = pl.DataFrame(
            {
                "row": view.entities,
                "type": [one.type for one in records],
                "value": [one.value for one in records],
                "links": view.degree,
            },
            schema_overrides={"type": pl.String, "value": pl.String},
        )
        return named.join(structure(view).frame(), on="row", how="left", maintain_order="left")

    def links(self, graph: str | None = None) -> pl.DataFrame:
        """Each link with its score, its number of lineages and whether it overlaps the window."""
        view, window = self.bench.view(graph), self.bench.window()
        scores = corroboration(view, self.bench.catalogue, window=window)
        records = view.link_records()
        overlaps: list[str | None] = [None] * len(records)
        if window is not None:
            policy = UndatedPolicy(self.bench.state.decisions.time_window.undated)
            codes = in_window(view, window, policy).links.tolist()
            overlaps = [OVERLAPS[code].value for code in codes]
        return pl.DataFrame(
            {
                "source": [one.source.value for one in records],
                "link": [one.type for one in records],
                "target": [one.target.value for one in records],
                "score": scores.values,
                "lineages": scores.lineages,
                "in_window": overlaps,
            },
            schema_overrides={
                "source": pl.String, "link": pl.String, "target": pl.String,
                "in_window": pl.String,
            },
        )  # fmt: skip

    def overlap(self, a: str, b: str) -> pl.DataFrame:
        """What two graphs share, the most telling first."""
        found = overlap(self.bench.view(a), self.bench.view(b), self.bench.catalogue)
        rows = [
            (one.entity.type, one.entity.value, one.weight, one.same_time.value, one.why)
            for one in found.shared(len(found.entities))
        ]
        columns = ["type", "value", "weight", "same_time", "why"]
        return pl.DataFrame(rows, schema=columns, orient="row")

    def common_entities(self, graphs: Sequence[str]) -> pl.DataFrame:
        """Each entity of several graphs, with in how many it is."""
        found = common_entities([self.bench.view(one) for one in graphs])
        records = [self._record(row) for row in found.entities.tolist()]
        rows = [(*one, count) for one, count in zip(records, found.counts.tolist(), strict=True)]
        frame = pl.DataFrame(rows, schema=["type", "value", "graphs"], orient="row")
        return frame.sort("graphs", descending=True, maintain_order=True)

    def merge(self, *sources: str, into: str = "merged") -> pl.DataFrame:
        """Merge graphs; gives the entities of the merged one."""
        self.bench.decide(GraphMerge(into, sources), label=f"Merge {', '.join(sources)}")
        return self.entities(into)

    def prune(
        self, graph: str, *, apply: bool = False, keep: pl.DataFrame | None = None, **rules: Any
    ) -> pl.DataFrame:
        """
        What the rules (analysis/prune.py) would let fall, each with its reason.

        The window under study is used where none is given. With *apply* it falls, as one change
        that undo takes back.
        """
        rules.setdefault("window", self.bench.window())
        keep_rows = self._rows(keep) if keep is not None else None
        made = propose(
            self.bench.view(graph), PruneRules(**rules), self.bench.catalogue, keep=keep_rows
        )
        if apply:
            self.bench.decide(as_change(made), label=f"Prune {len(made.entities)} entities")
        rows = [
            (one.type, one.value, why) for one, why in made.falling_entities(len(made.entities))
        ]
        return pl.DataFrame(rows, schema=["type", "value", "reason"], orient="row")

    def next_pivots(self, graph: str) -> pl.DataFrame:
        """What to ask next, the most promising first, with why."""
        window = self.bench.window()
        view = self.bench.view(graph)
        found = next_pivots(
            view, self.bench.pivot_transforms(), self.bench.catalogue, window=window
        )
        rows = [
            (
                one.transform,
                len(one.rows),
                one.score,
                one.expected,
                one.credits * len(one.rows),
                one.why,
            )
            for one in found
        ]
        columns = ["transform", "inputs", "score", "expected", "credits", "why"]
        return pl.DataFrame(rows, schema=columns, orient="row")

    def compare(self, seq: int, *, graph: str | None = None) -> Comparison:
        """What differs between the entry *seq* of the log and now."""
        before: View = view_of(self.bench.case.at(seq), graph)
        return compare(before, self.bench.view(graph))

    def undo(self) -> None:
        """Take the latest action back."""
        self.bench.undo()

    # As they were called in version 0.1.
    bring = import_file
    hand_on = export_file
    play = run_playbook
    together = common_entities

    def _record(self, row: int) -> tuple[str, str]:
        record = self.bench.view().entity(row)
        return record.type, record.value

    def _rows(self, inputs: pl.DataFrame) -> Rows:
        kinds = self.bench.catalogue
        pairs = inputs.select("type", "value").iter_rows()
        ids = b"".join(kinds.value(type_, value).id for type_, value in pairs)
        rows = self.bench.state.entities.find(pack_ids(ids))
        return rows[rows >= 0]
