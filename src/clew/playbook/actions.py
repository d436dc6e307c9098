"""Steps that act or rank beside looking up: note, export, ask, rank, shared hosting."""

from __future__ import annotations

import numpy as np
import polars as pl

from clew.analysis import shared_hosting as hosting
from clew.analysis.structure import structure
from clew.errors import InvalidValue, UnknownName
from clew.model.change import Note
from clew.model.interval import Window
from clew.playbook.bounds import AnswerNeeded
from clew.playbook.context import EMPTY, RunContext, entities_result, graph_of
from clew.playbook.format import PlaybookStep
from clew.playbook.result import StepResult

RANKS = ("neighbours", "core", "rank", "betweenness")
"""What entities can be ranked by (analysis/structure.py)."""


def note(context: RunContext, step: PlaybookStep) -> StepResult:
    """A note on each entity of a set, or on the investigation."""
    text = str(step.arguments["text"])
    rows = context.named(step.arguments["of"]) if "of" in step.arguments else EMPTY
    ids = [
        context.case.state.entities.id_rows(rows[at : at + 1]).tobytes() for at in range(len(rows))
    ]
    for id_ in ids or [b""]:
        context.case.decide(Note(text, id_), label=step.title)
    return StepResult(step.id, step.title, step.kind, rows=rows, data={"text": text})


def export(context: RunContext, step: PlaybookStep) -> StepResult:
    """What may leave of a graph as a file beside the investigation; what is kept back is told."""
    file, kept_back = context.case.export_file(
        graph_of(step), str(step.arguments["as"]), str(step.arguments["name"])
    )
    data = {"file": file, **({"kept_back": kept_back} if kept_back else {})}
    problems = (kept_back,) if kept_back else ()
    return StepResult(step.id, step.title, step.kind, value=file, data=data, problems=problems)


def ask(context: RunContext, step: PlaybookStep) -> StepResult:
    """What a person answers; raises Waiting without an answer."""
    choices = tuple(map(str, step.arguments.get("choices") or ()))
    answer = context.answers.get(step.id)
    if answer is None:
        raise AnswerNeeded(step.id, str(step.arguments["text"]), choices)
    if choices and answer not in choices:
        raise InvalidValue("answer", answer, f"it is none of {', '.join(choices)}")
    data = {"text": str(step.arguments["text"]), "answer": answer}
    return StepResult(step.id, step.title, step.kind, value=answer, data=data)


def rank(context: RunContext, step: PlaybookStep) -> StepResult:
    """The entities of a set that stand out most in a graph."""
    view = context.view(step.options.get("graph"))
    rows = context.named(step.arguments["from"])
    by, most = str(step.arguments.get("by", "neighbours")), int(step.arguments.get("most", 10))
    if by not in RANKS:
        raise UnknownName("rank", by, known=RANKS)
    if most < 1:
        raise InvalidValue("most", most, "it is 1 or more")
    inside = (
        structure(view)
        .frame()
        .filter(pl.col("row").is_in(rows.tolist()))
        .sort(pl.col(by).fill_null(0), pl.col("row"), descending=[True, False])
    )
    chosen = inside.head(most)["row"].to_numpy().astype(np.int32)
    return entities_result(context, step, np.sort(chosen))


def shared_hosting(context: RunContext, step: PlaybookStep) -> StepResult:
    """Addresses that many unrelated names pointed to, for the step ``crowds``."""
    view = context.view(step.options.get("graph"))
    window = Window.parse(str(step.arguments["window"])) if step.arguments.get("window") else None
    found = hosting.shared_hosting(
        view, window=window, domains_min=int(step.arguments.get("zones", hosting.DOMAINS_MIN))
    )
    rows = np.asarray(sorted(one.entity for one in found), np.int32)
    names = {view.entity(one.entity).value: str(one) for one in found}
    data = {**entities_result(context, step, rows).data, "crowds": names}
    return StepResult(step.id, step.title, step.kind, rows=rows, data=data)
