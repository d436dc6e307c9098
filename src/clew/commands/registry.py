"""All commands by name: those of this room, and those that plug-ins add by an entry point."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from clew.commands.command import Command
from clew.errors import UnknownName
from clew.questions.question import BaseRequest
from clew.questions.registry import RegistryContents, discover

GROUP = "clew.commands"
"""Entry points of plug-ins: each names a module or package whose commands are added."""


def commands() -> Mapping[str, Command]:
    """Every command by name, in alphabetical order."""
    return command_registry().by_name


@cache
def command_registry() -> RegistryContents[Command]:
    """The commands, and which plug-ins were left out."""
    import clew.commands

    return discover(clew.commands, GROUP, Command)


def command_of(request: BaseRequest) -> Command:
    """The command that a request is for; raises UnknownName."""
    for one in commands().values():
        if one.request is type(request):
            return one
    raise UnknownName("command", type(request).__name__)
