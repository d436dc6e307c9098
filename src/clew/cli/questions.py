"""The questions as commands: options come from the request, tables from the answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

import typer

from clew.cli.session import File, Json
from clew.questions.registry import questions

if TYPE_CHECKING:
    from clew.questions.question import Answer, AnyQuestion, BaseRequest
    from clew.questions.table import Field

SHORT: Mapping[str, tuple[str, ...]] = {"graph": ("-g",), "limit": ("--most",)}
"""Further names of options; ``--most`` is how 0.1 called the limit."""


def declare(app: typer.Typer) -> None:
    """Add a command for each question whose name is no verb yet; call it after all others."""
    commands = ((one.name, one.callback) for one in app.registered_commands)
    verbs = {name or getattr(callback, "__name__", "") for name, callback in commands}
    verbs |= {str(one.name) for one in app.registered_groups}
    for one in questions().values():
        if one.name not in verbs:
            app.command(one.name, help=one.summary)(command_of(one))


def command_of(question: AnyQuestion) -> Callable[..., None]:
    """The command that asks a question."""

    def run(file: Path, as_json: bool, **fields: Any) -> None:
        ask(file, question.name, fields, as_json=as_json)

    return with_fields(run, question.request)


def with_fields(run: Callable[..., None], request: type[BaseRequest]) -> Callable[..., None]:
    """A function with the signature that typer reads: the file, a request's fields, ``--json``."""
    from clew.questions.table import fields_of

    fields = sorted(fields_of(request), key=lambda it: not it.required)
    keyword = inspect.Parameter.KEYWORD_ONLY
    first = inspect.Parameter("file", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=File)
    last = inspect.Parameter("as_json", keyword, annotation=Json, default=False)
    lists = [one for one in fields if one.required and get_origin(one.type) is tuple]
    # Words without a name can fill one list; where a request has more, the others are options.
    named = lists[1:]
    inner = [_parameter(one, as_option=one in named or not one.required) for one in fields]
    signature = inspect.Signature([first, *inner, last])
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {name: one.annotation for name, one in signature.parameters.items()}
    return run


def ask(file: Path, name: str, fields: Mapping[str, Any], *, as_json: bool) -> None:
    """Ask a question about a file, and print the answer."""
    from clew.cli.output import print_json

    question = questions()[name]
    answer = answer_of(file, question, fields, all_rows=as_json)
    if as_json:
        print_json(answer)
    else:
        print_answer(question, answer, limited=fields.get("limit") is not None)


def answer_of(
    file: Path, question: AnyQuestion, fields: Mapping[str, Any], *, all_rows: bool = False
) -> Answer:
    """The answer to a question about a file; with *all_rows* a limit that is not set is none."""
    from clew.cli.session import open_workbench
    from clew.questions.question import LIMIT_MAX
    from clew.questions.requests import request_of

    wanted = {name: value for name, value in fields.items() if value not in (None, [])}
    if all_rows and "limit" in question.request.__struct_fields__:
        wanted.setdefault("limit", LIMIT_MAX)
    with open_workbench(file, readonly=True) as bench:
        answer: Answer = question(bench, request_of(question.name, question.request, wanted))
    return answer


def print_answer(question: AnyQuestion, answer: Answer, *, limited: bool = False) -> None:
    """An answer for people, in the way of its question; *limited* if the user set a limit."""
    from clew.cli.answers import PRINTERS

    PRINTERS.get(question.name, print_tables)(question, answer, limited)


def print_tables(question: AnyQuestion, answer: Answer, limited: bool) -> None:
    """An answer for people: its numbers, then its tables."""
    from clew.cli.output import print_table, safe, say
    from clew.questions.table import fields_of, shown_columns, shown_fields

    fields = fields_of(question.answer)
    plain = [one for one in fields if one.row is None]
    lines = [one for one in plain if _is_lines(one)]
    numbers = [
        f"{one.label} {text}"
        for one in plain
        if one not in lines and (text := _text(one.name, getattr(answer, one.name)))
    ]
    if numbers:
        say(" · ".join(numbers))
    for one in sorted((it for it in fields if it.row), key=lambda it: it.name != question.table):
        rows = getattr(answer, one.name)
        main = one.name == question.table
        if not rows and not main:
            continue
        assert one.row is not None, "only fields of rows are left"
        columns = shown_columns(question) if main else tuple(shown_fields(one.row))
        cells = [[_text(name, getattr(row, name)) for name in columns] for row in rows]
        labels = [name.replace("_", " ") for name in columns]
        total = getattr(answer, f"{one.name}_total", None)
        print_table(one.doc.rstrip("."), labels, cells, total=total, limited=limited)
    for one in lines:
        for line in getattr(answer, one.name):
            say(f"  {safe(line)}")


def _text(name: str, value: Any) -> str:
    from clew.cli.output import safe
    from clew.questions.table import OURS, cell

    return cell(value) if name in OURS else safe(cell(value))


def _is_lines(field: Field) -> bool:
    return get_origin(field.type) is tuple and get_args(field.type)[:1] == (str,)


def _parameter(field: Field, *, as_option: bool) -> inspect.Parameter:
    kind, default = _kind(field), field.default
    bounds: dict[str, Any] = {"min": field.minimum, "max": field.maximum} if _numeric(field) else {}
    if as_option:
        word = field.name.replace("_", "-")
        flag = f"--{word}/--no-{word}" if field.type is bool else f"--{word}"
        info: Any = typer.Option(flag, *SHORT.get(field.name, ()), help=field.doc, **bounds)
    else:
        info = typer.Argument(help=field.doc, **bounds)
    if field.required:
        default = inspect.Parameter.empty
    elif field.name == "limit":
        kind, default = int | None, None
        # A default in words would stand in brackets within the brackets.
        info.show_default, info.help = False, f"{field.doc} [default: {field.default}]"
    elif isinstance(default, tuple):
        default = list(default)
    return inspect.Parameter(
        field.name,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=Annotated[kind, info],
        default=default,
    )


def _kind(field: Field) -> Any:
    """The type as typer reads it: a list where any number may be given."""
    if get_origin(field.type) is tuple:
        return list[get_args(field.type)[0]]  # type: ignore[misc]
    return field.type


def _numeric(field: Field) -> bool:
    return any(one in (int, float) for one in (field.type, *get_args(field.type)))
