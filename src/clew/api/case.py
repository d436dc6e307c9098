"""Clew in Python and notebooks: an investigation whose answers are Polars frames."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.analysis.structure import structure
from clew.api.commands import CommandMethods
from clew.api.frames import frame_of
from clew.api.questions import QuestionMethods
from clew.commands.command import CommandResult
from clew.commands.registry import commands
from clew.graph.entities import pack_ids
from clew.interop.picture.drawing import drawing_of
from clew.interop.picture.svg import svg
from clew.model.marking import TLP, Marking
from clew.playbook.library import load_playbook
from clew.playbook.run import run_playbook
from clew.questions.question import LIMIT_MAX, BaseRequest
from clew.questions.registry import question_named
from clew.questions.requests import request_of
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


class Case(QuestionMethods, CommandMethods):
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

    def picture(self, graph: str | None = None, *, ceiling: str = "") -> str:
        """What may leave of a graph under a ceiling (the investigation's where none), as SVG."""
        bench, span = self.bench, self.bench.state.decisions.time_window.window
        drawn = drawing_of(
            bench.shareable(graph, _tlp(ceiling)), bench.catalogue, marking=bench.marking,
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
        imported = read_file(
            data, self.bench.catalogue, run=run, learnt=now, kind=kind, name=Path(path).name
        )
        self.bench.import_graph(imported, data, graph=graph, label=f"Import {Path(path).name}")
        rows = [(one.where, one.text, one.reason) for one in imported.problems]
        return pl.DataFrame(rows, schema=["where", "text", "reason"], orient="row")

    def export_file(
        self, path: Path | str, *, graph: str | None = None, kind: str = "", ceiling: str = ""
    ) -> list[str]:
        """
        Write what may leave of a graph in another tool's format.

        Args:
            path: The file.
            graph: Name of the graph; the whole investigation where None.
            kind: Name of the format; by the file's ending where empty.
            ceiling: The strictest marking that leaves; the investigation's ceiling where empty.

        Returns:
            What the format has no room for, and last what was kept back.
        """
        from clew.interop.fidelity import losses
        from clew.interop.formats import formats
        from clew.store.beside import write_beside

        form = formats().named(kind) if kind else formats().for_file(Path(path).name)
        exchange = self.bench.export_graph(graph, form.name, ceiling=_tlp(ceiling))
        write_beside(Path(path), formats().writer(form.name)(exchange))
        kept_back = [str(exchange.kept_back)] if exchange.kept_back else []
        return [*losses(exchange, form.fidelity), *kept_back]

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

    def run_playbook(
        self, playbook: str, *, credits_max: float | None = None, **settings: Any
    ) -> PlaybookResult:
        """
        Run a shipped playbook or one of a file.

        Raises:
            PlaybookFault: A step would cost more than is left of *credits_max* credits; none are
                granted where it is None, but for replicas of this machine.
        """
        return run_playbook(load_playbook(playbook), settings, self.bench, credits_max=credits_max)

    def ask(self, request: BaseRequest) -> Any:
        """The answer to a question, as the record that its request (clew.questions) asks for."""
        return self.bench.ask(request)

    def do(self, request: BaseRequest) -> CommandResult:
        """Do what a command's request (clew.commands) says; one undo takes it back."""
        return self.bench.do(request)

    def frame(self, name: str, **fields: Any) -> pl.DataFrame:
        """The table of the answer to a question; bundled ones are methods of that name too."""
        question = question_named(name)
        answer = question(self.bench, request_of(name, question.request, _plain(fields)))
        return frame_of(question, answer)

    def change(self, name: str, **fields: Any) -> CommandResult:
        """Do what a command says; bundled ones are methods of that name too."""
        command = commands()[name]
        return self.bench.do(request_of(name, command.request, _plain(fields)))

    def window(self, span: str, *, undated: str = "keep", graph: str | None = None) -> pl.DataFrame:
        """Set the window (``2013``, ``FROM..TO``, ``DAY+-DAYS``); gives links with their place."""
        self.change("set-window", window=span, undated=undated)
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
        """Each link with its score, its number of lineages and whether it is in the window."""
        found = self.scores(graph=graph or "", limit=LIMIT_MAX)
        return found.select("source", "link", "target", "score", "lineages", "in_window")

    def merge(self, *sources: str, into: str = "merged") -> pl.DataFrame:
        """Merge graphs; gives the entities of the merged one."""
        self.merge_graphs(sources, target=into)
        return self.entities(into)

    # As they were called in version 0.1.
    bring = import_file
    hand_on = export_file
    play = run_playbook
    together = common_entities = QuestionMethods.common

    def _rows(self, inputs: pl.DataFrame) -> Rows:
        kinds = self.bench.catalogue
        pairs = inputs.select("type", "value").iter_rows()
        ids = b"".join(kinds.value(type_, value).id for type_, value in pairs)
        rows = self.bench.state.entities.find(pack_ids(ids))
        return rows[rows >= 0]


def _tlp(ceiling: str) -> TLP | None:
    """The TLP that a ceiling names; None where it names none."""
    return Marking.parse(ceiling).tlp if ceiling else None


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Frames of type and value as the values in them; what is None is left out."""
    return {
        name: value["value"].to_list() if isinstance(value, pl.DataFrame) else value
        for name, value in fields.items()
        if value is not None
    }
