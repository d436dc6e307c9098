"""Each question and command is a method that hands all of its fields on."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from clew.api.commands import CommandMethods
from clew.api.questions import QuestionMethods
from clew.commands.registry import commands
from clew.questions.registry import questions


class Heard(QuestionMethods, CommandMethods):
    """Gives what a method handed on in place of its answer."""

    def frame(self, name: str, **given: Any) -> Any:
        return name, given

    def change(self, name: str, **given: Any) -> Any:
        return name, given


METHODS = [(one.method, one.name) for one in questions().values()]
METHODS += [(one.method, one.name) for one in commands().values()]


@pytest.mark.parametrize(("method", "name"), METHODS)
def test_a_method_hands_its_fields_on(method: str, name: str) -> None:
    """Every parameter arrives under its own name, the value that was given or the default."""
    call = getattr(Heard(), method)
    parameters = inspect.signature(call).parameters
    given = {one: object() for one in parameters}
    assert call(**given) == (name, given)
    needed = {k: v for k, v in given.items() if parameters[k].default is inspect.Parameter.empty}
    defaults = {k: one.default for k, one in parameters.items() if k not in needed}
    assert call(**needed) == (name, needed | defaults)
