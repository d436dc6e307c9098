"""Questions as the page reads them: their fields, for forms, and their tables' columns."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from clew.questions.question import AnyQuestion
from clew.questions.table import OURS, Field, fields_of, shown_columns

Names = Literal["entity", "graph", ""]
FieldKind = Literal["text", "whole", "number", "flag", "choice", "texts"]

_NAMES: dict[str, Names] = {"entity": "entity", "graph": "graph", "": ""}


class QuestionField(BaseModel):
    """A field of a request."""

    name: str
    label: str
    doc: str
    kind: FieldKind
    required: bool
    default: Any
    choices: list[str]
    minimum: float | None
    maximum: float | None
    names: Names
    """What its texts name: a form fills it in by what is selected or shown."""


class QuestionColumn(BaseModel):
    """A column of an answer's table."""

    name: str
    label: str
    doc: str
    plain: bool
    """Whether it holds a name of ours, which needs no defanging."""


class QuestionView(BaseModel):
    """A question."""

    name: str
    summary: str
    table: str
    fields: list[QuestionField]
    columns: list[QuestionColumn]


def question_view(question: AnyQuestion) -> QuestionView:
    """A question for the page."""
    columns = {one.name: one for one in fields_of(question.row)}
    return QuestionView(
        name=question.name,
        summary=question.summary,
        table=question.table,
        fields=[_field(one) for one in fields_of(question.request)],
        columns=[
            QuestionColumn(name=name, label=columns[name].label, doc=columns[name].doc,
                           plain=name in OURS)
            for name in shown_columns(question)
        ],
    )  # fmt: skip


def _field(one: Field) -> QuestionField:
    kind, choices = _kind(one.type)
    default = list(one.default) if isinstance(one.default, tuple) else one.default
    return QuestionField(
        name=one.name, label=one.label, doc=one.doc, kind=kind, required=one.required,
        default=default, choices=choices, minimum=one.minimum, maximum=one.maximum,
        names=_NAMES[one.names],
    )  # fmt: skip


def _kind(kind: Any) -> tuple[FieldKind, list[str]]:
    if get_origin(kind) is tuple:
        return "texts", []
    inner = [one for one in get_args(kind) if one is not type(None)]
    if inner and isinstance(inner[0], str):
        return "choice", [str(one) for one in inner]
    if inner:
        return _kind(inner[0])
    kinds: dict[Any, FieldKind] = {int: "whole", float: "number", bool: "flag"}
    return kinds.get(kind, "text"), []
