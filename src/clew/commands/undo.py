"""Take the latest action back, and bring it back."""

from __future__ import annotations

from clew.commands.command import Editor, command
from clew.questions.question import BaseRequest


class UndoRequest(BaseRequest, frozen=True, kw_only=True):
    """Nothing: the latest action is meant."""


class RedoRequest(BaseRequest, frozen=True, kw_only=True):
    """Nothing: what was undone last is meant."""


@command("undo")
def undo(bench: Editor, request: UndoRequest) -> str:  # noqa: ARG001
    """Take the latest action back."""
    return _label(bench, bench.undo())


@command("redo")
def redo(bench: Editor, request: RedoRequest) -> str:  # noqa: ARG001
    """Bring back what was undone last."""
    return _label(bench, bench.redo())


def _label(bench: Editor, entries: tuple[int, ...]) -> str:
    return bench.state.history.label(entries[-1]) if entries else ""
