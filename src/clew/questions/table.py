"""Answers as tables: which columns a row has, and what a cell says to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from clew.questions.question import AnswerRecord, AnyQuestion

UNSHOWN = frozenset({"id", "ids", "row", "settings", "run", "reply", "detail", "asked_about"})
"""Columns that a table for people leaves out where a question does not say which it shows."""

OURS = frozenset({"id", "observation", "cites", "transform"})
"""Columns that hold names of ours with dots in them: they need no defanging."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request, an answer, or a row."""

    name: str
    doc: str
    type: Any
    """The annotation without its documentation."""
    default: Any
    required: bool
    minimum: float | None = None
    maximum: float | None = None
    names: str = ""
    """What its texts name: entity, graph; empty where neither."""

    @property
    def label(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ")

    @property
    def row(self) -> type[AnswerRecord] | None:
        """What its rows are, where it holds rows."""
        inner = get_args(self.type)
        if get_origin(self.type) is tuple and inner and isinstance(inner[0], type):
            return inner[0] if issubclass(inner[0], AnswerRecord) else None
        return None


def fields_of(record: type[msgspec.Struct]) -> tuple[Field, ...]:
    """The fields of a record, in order, with what they say."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_field(one, hints[one.name]) for one in msgspec.structs.fields(record))


def shown_columns(question: AnyQuestion) -> tuple[str, ...]:
    """The columns of a question's table that a person sees first."""
    return question.columns or tuple(shown_fields(question.row))


def shown_fields(row: type[AnswerRecord]) -> Iterator[str]:
    """The columns of other rows that a person sees."""
    for one in fields_of(row):
        if one.name not in UNSHOWN and not one.name.endswith(("_id", "_ids")) and not one.row:
            yield one.name


def cell(value: Any) -> str:
    """What a table's cell says, live."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {cell(one)}" for name, one in value.items())
    if isinstance(value, str) or not isinstance(value, Sequence):
        return getattr(value, "value", None) or str(value)
    return "; ".join(cell(one) for one in value)


def _field(one: msgspec.structs.FieldInfo, hint: Any) -> Field:
    notes = tuple(_notes(hint))
    text = next((it.description for it in notes if it.description), "")
    least = next((it.ge for it in notes if it.ge is not None), None)
    most = next((it.le for it in notes if it.le is not None), None)
    default = None if one.required else one.default
    if one.default_factory is not msgspec.NODEFAULT:
        default = one.default_factory()
    names = next(_named(hint), "")
    return Field(one.name, text, _plain(hint), default, one.required, least, most, names)


def _named(hint: Any) -> Iterator[str]:
    """What the texts of an annotation name, by it or by the members of its tuple."""
    for one in _notes(hint):
        if one.extra and "names" in one.extra:
            yield one.extra["names"]
    plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(plain) is tuple:
        yield from _named(get_args(plain)[0])


def _notes(hint: Any) -> Iterator[msgspec.Meta]:
    """What an annotation says, its own documentation first, then that of a union's members."""
    if get_origin(hint) is Annotated:
        own, *notes = get_args(hint)
        yield from (one for one in notes if isinstance(one, msgspec.Meta))
        yield from _notes(own)
    elif isinstance(hint, UnionType) or get_origin(hint) is Union:
        for one in get_args(hint):
            yield from _notes(one)


def _plain(hint: Any) -> Any:
    """An annotation without documentation inside of it."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return tuple[tuple(_plain(one) for one in get_args(hint))]  # type: ignore[misc]
    if isinstance(hint, UnionType) or get_origin(hint) is Union:
        return Union[tuple(_plain(one) for one in get_args(hint))]  # noqa: UP007
    return hint
