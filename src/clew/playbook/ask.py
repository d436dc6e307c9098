"""Every question as a step: its mapping is the request, its result the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from clew.playbook.context import RunContext
from clew.playbook.format import PlaybookStep
from clew.playbook.result import StepResult
from clew.questions.entities import rows_named
from clew.questions.question import Answer, AnyQuestion
from clew.questions.registry import question_named
from clew.questions.requests import request_of


def ask(context: RunContext, step: PlaybookStep) -> StepResult:
    """
    Ask a question; the entities of its table are the step's set.

    What stands for one entity or several may be the id of an earlier step: then its set is meant.
    """
    question = question_named(step.kind)
    fields = {name: _with_set(context, value) for name, value in dict(step.arguments).items()}
    if "graph" in step.options and "graph" in question.request.__struct_fields__:
        fields.setdefault("graph", str(step.options["graph"]))
    answer = question(context.case, request_of(question.name, question.request, fields))
    data: Mapping[str, Any] = msgspec.to_builtins(answer)
    return StepResult(
        step.id, step.title, step.kind, rows=_rows(context, question, answer), data=data
    )


def _with_set(context: RunContext, value: Any) -> Any:
    """A list of steps' ids becomes the ids of the entities of their sets."""
    if not isinstance(value, list) or not value or not set(map(str, value)) <= set(context.sets):
        return value
    rows = context.named([str(one) for one in value])
    raw = context.case.state.entities.id_rows(rows).tobytes()
    return [raw[at : at + 16].hex() for at in range(0, len(raw), 16)]


def _rows(context: RunContext, question: AnyQuestion, answer: Answer) -> np.ndarray[Any, Any]:
    """Rows of the entities of the answer's table; none where its rows are no entities."""
    ids = [one.id for one in getattr(answer, question.table) if hasattr(one, "id")]
    if not ids:
        return np.empty(0, np.int32)
    found = rows_named(context.case.state, context.case.catalogue, ids)
    return np.unique(found).astype(np.int32)
