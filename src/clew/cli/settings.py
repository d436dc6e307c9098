"""Commands about settings: what holds and where from, setting one, taking one out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from clew.cli.session import Json, registry

if TYPE_CHECKING:
    from clew.engine.setting_sources import SettingSources

settings_app = typer.Typer(
    invoke_without_command=True,
    help="Settings of your network, your providers and your markings: all, with their sources.",
)
Name = Annotated[str, typer.Argument(help="Such as network.proxy or providers.NAME.own_ranges")]


@settings_app.callback()
def settings(context: typer.Context, as_json: Json = False) -> None:
    """Show all settings, what holds, and where each value comes from."""
    if context.invoked_subcommand is None:
        _show(as_json)


@settings_app.command("set")
def set_(
    name: Name,
    value: Annotated[str, typer.Argument(help="Its value; of a list all with commas between")],
) -> None:
    """Set one in the settings file; remarks in the file stay."""
    _change(name, value)


@settings_app.command("unset")
def unset(name: Name) -> None:
    """Take one out of the settings file."""
    _change(name, None)


def _change(name: str, value: str | None) -> None:
    from clew.cli.output import say
    from clew.engine.setting_list import change_setting

    say(change_setting(_sources(), name, value, registry().providers))


def _show(as_json: bool) -> None:
    from dataclasses import asdict

    from clew.cli.output import clean, print_json, say
    from clew.engine.setting_list import setting_problems, setting_rows

    sources, providers = _sources(), registry().providers
    rows = setting_rows(sources, providers)
    problems = setting_problems(sources, providers)
    if as_json:
        print_json({
            "file": str(sources.file.path), "settings": [asdict(one) for one in rows],
            "problems": problems,
        })  # fmt: skip
        return
    say(f"Settings of {sources.file.path}", style="bold")
    width = max(len(one.name) for one in rows) + 2
    for one in rows:
        value = clean(one.value) or "not set"
        source = f"  ({one.place})" if one.place else ""
        say(f"  {one.name:<{width}}{value}{source}")
    for problem in problems:
        say(clean(problem), style="yellow")


def _sources() -> SettingSources:
    from clew.engine.setting_sources import SettingSources
    from clew.engine.settings import home

    return SettingSources.of_environment(os.environ, home(os.environ))
