"""Commands about playbooks: play, what one would do, what changed since, and recording one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clew.cli.session import Ceiling, File, Json, Title, parameters

if TYPE_CHECKING:
    from clew.playbook.format import Playbook
    from clew.playbook.result import PlaybookResult
    from clew.workbench import Workbench

Name = Annotated[str, typer.Argument(help="A shipped playbook, or a YAML file")]
With = Annotated[list[str], typer.Option("--with", help="name=value")]


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (play, playbooks, record):
        app.command(command.__name__)(command)


def play(
    file: File,
    playbook: Name,
    settings: With = [],  # noqa: B006
    plan: Annotated[bool, typer.Option("--plan", help="Only tell what it would do")] = False,
    answers: Annotated[list[str], typer.Option("--answer", help="step=value")] = [],  # noqa: B006
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask anew what is kept")] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="Tell what changed since its last play")
    ] = False,
    calls: Annotated[
        int | None, typer.Option("--calls", help="Most calls of the whole run")
    ] = None,
    credits_: Annotated[
        float | None, typer.Option("--credits", help="Most credits of the whole run; else none")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Agree beforehand to what a file's would do")
    ] = False,
    as_json: Json = False,
) -> None:
    """
    Play a playbook on an investigation; one that stopped is resumed by playing it again.

    One of a file shows first what it would do, and asks.
    """
    from clew.cli.outlook import agreed_credits
    from clew.cli.output import print_json, say
    from clew.cli.session import open_workbench, progress
    from clew.playbook.library import load_playbook
    from clew.playbook.run_history import changes_since_last_run, runs_of

    found, values = load_playbook(playbook), parameters(settings)
    if plan:
        _plan(file, found, values, as_json=as_json)
        return
    with open_workbench(file, asks=True) as bench:
        granted = agreed_credits(found, values, bench, credits_=credits_, yes=yes, quiet=as_json)
        with progress(found.title, quiet=as_json) as tell:
            bench.tell, bench.refresh = tell, refresh
            played = _play(
                found, values, bench, parameters(answers), as_json=as_json, calls_max=calls,
                credits_max=granted,
            )  # fmt: skip
        differs = None
        if compare and len(runs_of(bench.state, found.name)) > 1:
            differs = changes_since_last_run(bench.case, found.name)
    if as_json:
        more = {"compared": differs.as_data() if differs else None} if compare else {}
        print_json({**played.as_data(), **more})
    elif compare:
        say("\nSince the last play:" if differs else "\nThis is its first play.")
        if differs:
            sys.stdout.write(differs.as_text() + "\n")


def playbooks(as_json: Json = False) -> None:
    """The playbooks that come with Clew."""
    from clew.cli.output import print_json, print_table
    from clew.playbook.library import load_playbook, shipped_playbooks

    found = [load_playbook(name) for name in shipped_playbooks()]
    if as_json:
        print_json([{"name": one.name, "title": one.title, "about": one.about} for one in found])
    else:
        rows = [(one.name, one.title, ", ".join(it.name for it in one.parameters)) for one in found]
        print_table("Playbooks", ("name", "title", "parameters"), rows)


def record(
    file: File,
    out: Annotated[Path, typer.Argument(help="The YAML file that is written")],
    title: Title = "",
    ceiling: Ceiling = "",
) -> None:
    """Save what was done by hand (runs, merges, windows) as a playbook."""
    from clew.cli.output import say
    from clew.cli.session import named_ceiling, open_workbench, tell_kept_back
    from clew.errors import FileFault
    from clew.playbook.record import record as record_it

    with open_workbench(file, readonly=True) as bench:
        highest = bench.ceiling(named_ceiling(ceiling))
        text, kept_back = record_it(bench.case, highest, name=out.stem, title=title)
    try:
        with out.open("x", encoding="utf-8") as written:
            written.write(text)
    except OSError as error:
        raise FileFault(out, f"it can't be written: {error.strerror}") from error
    say(f"{out}: a playbook of {text.count('transform:')} look-ups.")
    tell_kept_back(kept_back, say)


def _play(
    playbook: Playbook,
    values: dict[str, Any],
    bench: Workbench,
    answers: dict[str, str],
    *,
    as_json: bool,
    calls_max: int | None,
    credits_max: float | None,
) -> PlaybookResult:
    """Plays on, asking on the terminal, until no step waits any more."""
    from clew.cli.demo import announce
    from clew.playbook.bounds import AnswerNeeded
    from clew.playbook.run import run_playbook

    while True:
        try:
            return run_playbook(
                playbook, values, bench, answers=answers, ends=announce(as_json),
                calls_max=calls_max, credits_max=credits_max,
            )  # fmt: skip
        except AnswerNeeded as waiting:
            if as_json or not sys.stdin.isatty():
                raise
            answers[waiting.step] = typer.prompt(f"{waiting.text} [{'/'.join(waiting.choices)}]")


def _plan(file: Path, playbook: Playbook, values: dict[str, Any], *, as_json: bool) -> None:
    from clew.cli.outlook import show_outlook
    from clew.cli.output import print_json, say
    from clew.cli.session import open_workbench
    from clew.playbook.forecast import forecast

    with open_workbench(file, readonly=True) as bench:
        estimate = forecast(playbook, values, bench)
    if as_json:
        print_json(estimate.as_data())
        return
    show_outlook(estimate)
    say("Nothing was asked.")
