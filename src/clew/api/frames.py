"""Answers as Polars frames: one row a record, one column a field, typed as the answer says."""

from __future__ import annotations

from typing import Any, get_args, get_origin

import msgspec
import polars as pl

from clew.questions.question import Answer, AnswerRecord, AnyQuestion
from clew.questions.table import fields_of

_SCALARS: dict[Any, pl.DataType] = {
    str: pl.String(), int: pl.Int64(), float: pl.Float64(), bool: pl.Boolean(),
}  # fmt: skip


def frame_of(question: AnyQuestion, answer: Answer) -> pl.DataFrame:
    """The table of an answer; lists and records in it stay lists and structs."""
    return records_frame(question.row, getattr(answer, question.table))


def records_frame(row: type[AnswerRecord], records: tuple[AnswerRecord, ...]) -> pl.DataFrame:
    """Records as a frame; typed also where there is none."""
    schema = {one.name: _dtype(one.type) for one in fields_of(row)}
    return pl.DataFrame(msgspec.to_builtins(records), schema=schema, orient="row")


def _dtype(kind: Any) -> pl.DataType:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if get_origin(kind) is tuple:
        return pl.List(_dtype(get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return pl.Struct({one.name: _dtype(one.type) for one in fields_of(kind)})
    some = [one for one in get_args(kind) if one is not type(None)]
    # What is left is a union with None, or a choice of texts.
    return _dtype(some[0]) if some and not isinstance(some[0], str) else pl.String()
