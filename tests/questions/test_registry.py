"""Questions by name and by request, those of plug-ins too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import clew.questions
from clew.errors import UnknownName
from clew.questions.question import AnyQuestion, BaseRequest, Question
from clew.questions.registry import (
    GROUP,
    RegistryContents,
    discover,
    question_named,
    question_of,
    questions,
)
from questions.benches import bare_request
from questions.plugins import SOURCE, install


def contents() -> RegistryContents[AnyQuestion]:
    """What the room and the plug-ins installed now define."""
    return discover(clew.questions, GROUP, Question)


def found() -> Mapping[str, AnyQuestion]:
    """The questions of that, by name."""
    return contents().by_name


@pytest.mark.parametrize("name", questions())
def test_name_and_request_lead_to_the_question(name: str) -> None:
    """Each question is found by its name, and by a request of its type and of no other."""
    question = question_named(name)
    assert question.name == name
    assert question_of(bare_request(question.request)) is question


def test_unknown_ones_are_refused() -> None:
    """A wrong name tells which is near; a request that no question takes tells its type."""
    with pytest.raises(UnknownName, match="Did you mean structure"):
        question_named("structur")
    with pytest.raises(UnknownName, match="BaseRequest"):
        question_of(BaseRequest())


def test_the_order_is_that_of_the_alphabet() -> None:
    """Lists of questions are the same whatever order their modules are read in."""
    assert list(found()) == sorted(found()) == list(questions())


def test_a_plug_in_adds_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A module named by an entry point adds what it defines, and not what it imports."""
    before = found()
    install(monkeypatch, tmp_path, "plugin_size", GROUP, SOURCE % "graph-size")
    after = found()
    assert set(after) - set(before) == {"graph-size"}
    assert list(after) == sorted(after)
    assert (after["graph-size"].module, after["graph-size"].summary) == (
        "plugin_size", "How large it is."
    )  # fmt: skip


def test_a_name_is_used_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A plug-in can't take the place of another question; it is left out, and named."""
    install(monkeypatch, tmp_path, "plugin_again", GROUP, SOURCE % "about")
    assert contents().faults == ("plugin_again (plugin_again): the name about is taken",)
    assert found()["about"] is questions()["about"]


def test_a_faulty_plug_in_costs_only_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What an import raises is told, and the questions of other plug-ins are there."""
    install(monkeypatch, tmp_path, "plugin_faulty", GROUP, "raise RuntimeError('out of order')")
    install(monkeypatch, tmp_path, "plugin_sound", GROUP, SOURCE % "sound-size")
    assert contents().faults == ("plugin_faulty (plugin_faulty): out of order",)
    assert set(found()) - set(questions()) == {"sound-size"}
