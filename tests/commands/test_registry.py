"""Commands by request, those of plug-ins too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import clew.commands
from clew.commands.command import Command
from clew.commands.registry import GROUP, command_of, commands
from clew.errors import UnknownName
from clew.questions.question import BaseRequest
from clew.questions.registry import RegistryContents, discover
from questions.benches import bare_request
from questions.plugins import install

SOURCE = '''
from clew.commands.command import command
from clew.commands.hide import hide
from clew.questions.question import BaseRequest

class NothingRequest(BaseRequest, frozen=True, kw_only=True):
    """Nothing."""

@command("%s")
def nothing(bench: object, request: NothingRequest) -> str:
    """Do nothing."""
    return ""
'''


def contents() -> RegistryContents[Command]:
    """What the room and the plug-ins installed now define."""
    return discover(clew.commands, GROUP, Command)


def found() -> Mapping[str, Command]:
    """The commands of that, by name."""
    return contents().by_name


@pytest.mark.parametrize("name", commands())
def test_a_request_leads_to_its_command(name: str) -> None:
    """Each command is found by a request of its type."""
    one = commands()[name]
    assert (one.name, one.method) == (name, name.replace("-", "_"))
    assert command_of(bare_request(one.request)) is one


def test_a_request_of_no_command_is_refused() -> None:
    """The refusal tells the request's type."""
    with pytest.raises(UnknownName, match="BaseRequest"):
        command_of(BaseRequest())


def test_a_plug_in_adds_its_own_and_takes_no_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A new name is added in order, what the module imports is not; a taken name is left out."""
    assert list(found()) == list(commands()) == sorted(commands())
    install(monkeypatch, tmp_path, "plugin_nothing", GROUP, SOURCE % "do-nothing")
    assert set(found()) - set(commands()) == {"do-nothing"}
    assert list(found()) == sorted(found())
    install(monkeypatch, tmp_path, "plugin_hide", GROUP, SOURCE % "hide")
    assert contents().faults == ("plugin_hide (plugin_hide): the name hide is taken",)
    assert found()["hide"] is commands()["hide"]
