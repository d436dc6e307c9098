"""Steps that act or rank beside looking up: note, export, ask, rank, crowds."""

from __future__ import annotations

import numpy as np
import polars as pl

from clew.analysis.shared_hosting import DOMAINS_MIN, shared_hosting
from clew.analysis.structure import structure
from clew.errors import InvalidValue, UnknownName
from clew.model.change import Note
from clew.model.interval import Window
from clew.playbook.format import Step
from clew.playbook.playing import EMPTY, Play, Says, entities_result, graph_of
from clew.playbook.result import StepResult
from clew.playbook.stop import Waiting

RANKS = ("neighbours", "core", "rank", "betweenness")
"""What entities can be ranked by (analysis/structure.py)."""


def note(play: Play, step: Step, says: Says, beside: Says) -> StepResult:  # noqa: ARG001
    """A note on each entity of a set, or on the investigation."""
    text = str(says["text"])
    rows = play.named(says["of"]) if "of" in says else EMPTY
    ids = [play.desk.state.entities.id_rows(rows[at : at + 1]).tobytes() for at in range(len(rows))]
    for id_ in ids or [b""]:
        play.desk.decide(Note(text, id_), label=step.title)
    return StepResult(step.id, step.title, step.kind, rows=rows, data={"text": text})


def export(play: Play, step: Step, says: Says, beside: Says) -> StepResult:
    """A graph as a file beside the investigation."""
    file = play.desk.export(graph_of(step, beside), str(says["as"]), str(says["name"]))
    return StepResult(step.id, step.title, step.kind, value=file, data={"file": file})


def ask(play: Play, step: Step, says: Says, beside: Says) -> StepResult:  # noqa: ARG001
    """What a person answers; raises Waiting without an answer."""
    choices = tuple(map(str, says.get("choices") or ()))
    answer = play.answers.get(step.id)
    if answer is None:
        raise Waiting(step.id, str(says["text"]), choices)
    if choices and answer not in choices:
        raise InvalidValue("answer", answer, f"it is none of {', '.join(choices)}")
    data = {"text": str(says["text"]), "answer": answer}
    return StepResult(step.id, step.title, step.kind, value=answer, data=data)


def rank(play: Play, step: Step, says: Says, beside: Says) -> StepResult:
    """The entities of a set that stand out most in a graph."""
    view = play.view(beside.get("graph"))
    rows = play.named(says["from"])
    by = str(says.get("by", "neighbours"))
    column = structure(view).frame()
    if by not in RANKS:
        raise UnknownName("rank", by, known=RANKS)
    inside = column.filter(pl.col("row").is_in(rows.tolist())).sort(
        pl.col(by).fill_null(0), pl.col("row"), descending=[True, False]
    )
    chosen = inside.head(int(says.get("most", 10)))["row"].to_numpy().astype(np.int32)
    return entities_result(play, step, np.sort(chosen))


def crowds(play: Play, step: Step, says: Says, beside: Says) -> StepResult:
    """Addresses that many unrelated names pointed to."""
    view = play.view(beside.get("graph"))
    window = Window.parse(str(says["window"])) if says.get("window") else None
    found = shared_hosting(view, window=window, domains_min=int(says.get("zones", DOMAINS_MIN)))
    rows = np.asarray(sorted(one.entity for one in found), np.int32)
    told = {view.entity(one.entity).value: str(one) for one in found}
    data = {**entities_result(play, step, rows).data, "crowds": told}
    return StepResult(step.id, step.title, step.kind, rows=rows, data=data)
