"""The commands that change an investigation, as ``clew do NAME``: made from their requests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from clew.commands.command import Command
from clew.commands.registry import commands


def declare(app: typer.Typer) -> None:
    """Add the commands; what undoes and redoes is a verb of its own."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Change an investigation; 'clew undo' undoes.",
    )
    for one in commands().values():
        if one.name not in ("undo", "redo"):
            group.command(one.name, help=one.summary)(verb_of(one))
    app.add_typer(group, name="do")


def verb_of(command: Command) -> Callable[..., None]:
    """The verb that gives a command."""
    from clew.cli.questions import with_fields

    def run(file: Path, as_json: bool, **fields: Any) -> None:
        from clew.cli.output import print_json, safe, say
        from clew.cli.session import open_workbench
        from clew.questions.requests import request_of

        wanted = {name: value for name, value in fields.items() if value not in (None, [])}
        with open_workbench(file) as bench:
            done = bench.do(request_of(command.name, command.request, wanted))
        if as_json:
            print_json(done)
        else:
            say(f"{safe(done.label)} (entry {done.seq})." if done.label else "Nothing to do.")

    return with_fields(run, command.request)
