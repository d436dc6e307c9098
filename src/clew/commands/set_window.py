"""Set the window under study."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, command
from clew.questions.in_window import UndatedChoice
from clew.questions.question import BaseRequest, doc


class SetWindowRequest(BaseRequest, frozen=True, kw_only=True):
    """A window, or none."""

    window: Annotated[str, doc("2013, FROM..TO or DAY+-DAYS; empty or - for none.", max_length=100)]
    undated: Annotated[
        UndatedChoice, doc("Links that no date places: keep, drop, or with-ends.")
    ] = "keep"


@command("set-window")
def set_window(bench: Editor, request: SetWindowRequest) -> str:
    """Set the window under study, or none."""
    from clew.model.change import TimeWindow
    from clew.model.interval import Window

    window = "" if request.window in ("", "-") else str(Window.parse(request.window))
    label = f"Window {window or 'off'}"
    bench.decide(TimeWindow(window, request.undated), label=label)
    return label
