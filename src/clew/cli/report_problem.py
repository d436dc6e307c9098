"""The command that describes this installation for a report of a problem."""

from __future__ import annotations

import os
import platform
import string
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clew.cli.session import Json

if TYPE_CHECKING:
    from clew.transform.registry import Registry

GROUPS = ("clew.providers", "clew.formats", "clew.questions", "clew.commands")
"""Entry points of plug-ins."""
NAME_LETTERS = string.ascii_letters + string.digits + "-_."
WORDS = {
    "CLEW_CONTACT_LIMIT": ("0", "1", "2", "3", "4"),
    "CLEW_KEYRING": ("yes", "no"),
}
"""Settings whose words are shown, where they are among these; of others only that they are set."""


def declare(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report-problem")(report_problem)


def report_problem(
    file: Annotated[
        Path | None, typer.Argument(help="An investigation, of which sizes are told")
    ] = None,
    as_json: Json = False,
) -> None:
    """What a report of a problem needs: versions and settings; no value, no name, no key."""
    from clew.cli.output import print_json, say

    found: dict[str, Any] = {
        "versions": versions(),
        "plug-ins": plug_ins(),
        "settings": settings(os.environ),
    }
    if file is not None:
        found["investigation"] = sizes(file)
    if as_json:
        print_json(found)
        return
    say("Copy this into your report. It holds versions, settings and sizes; read it first.")
    for title, lines in found.items():
        say("")
        say(f"{title.capitalize()}:")
        for name, text in lines.items():
            say(f"  {name}: {text}")


def versions() -> dict[str, str]:
    """Versions of Clew, of what it stands on, and of the system."""
    from clew import __version__

    return {
        "clew": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processors": str(os.cpu_count()),
        "encoding": f"{sys.stdout.encoding}, files {sys.getfilesystemencoding()}",
        **dict(_libraries()),
    }


def plug_ins() -> dict[str, str]:
    """How many plug-ins there are beside the bundled ones, of how many packages; those left out."""
    from clew.commands.registry import command_registry
    from clew.interop.formats import formats
    from clew.questions.registry import question_registry
    from clew.transform.registry import load_registry

    found: dict[str, str] = {}
    for group in GROUPS:
        points = [one for one in entry_points(group=group) if _distribution(one) != "clew"]
        found[group] = f"{len(points)} of {len({_distribution(one) for one in points})} packages"
    loaded = (load_registry(), formats(), question_registry(), command_registry())
    found["left out"] = str(sum(len(one.faults) for one in loaded))
    return found


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Which settings are set; words only of those that can't hold a secret or a name."""
    from clew.engine.secrets import variable
    from clew.engine.setting import COMMON
    from clew.engine.settings import home
    from clew.engine.settings_file import NAME
    from clew.transform.registry import load_registry

    known = ["CLEW_HOME", "CLEW_PASSPHRASE", *(one.variable for one in COMMON)]
    known += [variable(*parts) for parts in _provider_settings(load_registry())]
    found = {name: "set" for name in known if environment.get(name)}
    for name, words in WORDS.items():
        if text := environment.get(name):
            found[name] = text if text in words else "set to something else"
    others = {one for one in environment if one.startswith("CLEW_")} - {*known, *WORDS}
    folder = home(environment)
    return {
        **found,
        "other variables of ours": str(len(others)),
        "settings file": "there" if (folder / NAME).exists() else "none",
        "key file": "there" if (folder / "keys").exists() else "none",
        "files of own types": str(len(list((folder / "types").glob("*.y*ml")))),
    }


def sizes(file: Path) -> dict[str, str]:
    """How large an investigation is; nothing of what it holds."""
    from clew.store.investigation import Investigation

    # Not a workbench: it wants settings that are in order, and those may be the problem.
    with Investigation.open(file, readonly=True) as case:
        state = case.state
        return {
            "bytes": str(file.stat().st_size),
            "entries of the log": str(state.seq),
            "entities": str(len(state.entities)),
            "links": str(len(state.links)),
            "graphs": str(len(state.decisions.graphs)),
        }


def _libraries() -> Iterator[tuple[str, str]]:
    """The libraries that Clew asks for, with the versions that are installed."""
    for line in requires("clew") or ():
        name = line[: len(line) - len(line.lstrip(NAME_LETTERS))]
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "missing"


def _provider_settings(registry: Registry) -> Iterator[tuple[str, str]]:
    """Provider and setting, of those that come with Clew: other names may tell of a customer."""
    from clew.engine.setting import OF_PROVIDER

    bundled = {
        one.name for one in entry_points(group="clew.providers") if _distribution(one) == "clew"
    }
    for name, provider in sorted(registry.providers.items()):
        if name in bundled and provider.base_url:
            yield from ((name, one.variable) for one in OF_PROVIDER)
            yield from ((name, key.name) for key in provider.keys)


def _distribution(point: Any) -> str:
    return point.dist.name if point.dist else ""
