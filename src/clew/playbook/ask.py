"""Every question as a step: its mapping is the request, its result the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
import numpy as np

from clew.errors import InvalidValue
from clew.playbook.context import RunContext
from clew.playbook.format import PlaybookStep
from clew.playbook.result import StepResult
from clew.questions.entities import ids_of, rows_named
from clew.questions.question import Answer, AnyQuestion
from clew.questions.registry import question_named
from clew.questions.requests import request_of
from clew.questions.table import Field, fields_of


def ask(context: RunContext, step: PlaybookStep) -> StepResult:
    """
    Ask a question; the entities of its table are the step's set.

    Where the request names entities, the id of an earlier step stands for those of its set; a
    number where a text is wanted, such as a year, is that text.

    Raises:
        InvalidValue: One entity is asked about, and the set of that step is not of one.
    """
    question = question_named(step.kind)
    known = {one.name: one for one in fields_of(question.request)}
    fields = {name: _value(context, known[name], value) for name, value in step.arguments.items()}
    if "graph" in step.options and "graph" in question.request.__struct_fields__:
        fields.setdefault("graph", str(step.options["graph"]))
    answer = question(context.case, request_of(question.name, question.request, fields))
    data: Mapping[str, Any] = msgspec.to_builtins(answer)
    return StepResult(
        step.id, step.title, step.kind, rows=_rows(context, question, answer), data=data
    )


def _value(context: RunContext, field: Field, value: Any) -> Any:
    if field.names == "entity":
        return _entities(context, value)
    wants_text = str in (field.type, *get_args(field.type))
    return str(value) if wants_text and type(value) in (int, float) else value


def _entities(context: RunContext, value: Any) -> Any:
    """Ids of the entities of a step's set in place of the step's id; other names stay."""
    if isinstance(value, list):
        return [name for one in value for name in _members(context, one)]
    members = _members(context, value)
    if len(members) != 1:
        raise InvalidValue(
            "entity", value, f"that step found {len(members)}, and one is asked about"
        )
    return members[0]


def _members(context: RunContext, name: Any) -> list[Any]:
    if not isinstance(name, str) or name not in context.sets:
        return [name]
    return ids_of(context.case.state, context.sets[name])


def _rows(context: RunContext, question: AnyQuestion, answer: Answer) -> np.ndarray[Any, Any]:
    """Rows of the entities of the answer's table; none where its rows are no entities."""
    ids = [one.id for one in getattr(answer, question.table) if hasattr(one, "id")]
    if not ids:
        return np.empty(0, np.int32)
    found = rows_named(context.case.state, context.case.catalogue, ids)
    return np.unique(found).astype(np.int32)
