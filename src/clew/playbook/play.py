"""Playing a playbook: its steps in order, each result announced as it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clew.errors import ClewError
from clew.playbook.desk import Desk
from clew.playbook.expand import expand, settings_of
from clew.playbook.format import Playbook, PlaybookFault, Step
from clew.playbook.result import Played, StepResult
from clew.playbook.steps import DO, Play


def play(
    playbook: Playbook,
    given: Mapping[str, Any],
    desk: Desk,
    *,
    starts: Callable[[Step], None] = lambda step: None,  # noqa: ARG005
    ends: Callable[[StepResult], None] = lambda result: None,  # noqa: ARG005
) -> Played:
    """
    Play all steps.

    Args:
        playbook: What to play.
        given: Parameters.
        desk: The investigation that it is played on.
        starts: Called before each step.
        ends: Called with each result.

    Raises:
        PlaybookFault: A step can't be played; names the step and its line. What the steps before
            it brought stays in the investigation.
    """
    settings = settings_of(playbook, given)
    playing = Play(desk, dict(settings))
    results: list[StepResult] = []
    for step in playbook.steps:
        starts(step)
        try:
            says = expand(step.says, playing.values)
            result = DO[step.kind](playing, step, says, expand(dict(step.beside), playing.values))
        except (ClewError, KeyError, TypeError, ValueError) as error:
            what = f"it says no {error}" if isinstance(error, KeyError) else str(error)
            raise PlaybookFault(
                playbook.name, f"step {step.id} can't be played: {what.rstrip('.')}", line=step.line
            ) from error
        playing.sets[step.id] = result.rows
        if result.value is not None:
            playing.values[step.id] = result.value
        results.append(result)
        ends(result)
    by_id = {result.id: result.data for result in results}
    report = {name: _report(said, by_id, playbook) for name, said in playbook.report.items()}
    return Played(playbook.name, settings, tuple(results), report)


def _report(said: Any, results: Mapping[str, Any], playbook: Playbook) -> Any:
    """The results that a report's texts point at: ``step`` or ``step.member.member``."""
    if isinstance(said, dict):
        return {name: _report(below, results, playbook) for name, below in said.items()}
    if not isinstance(said, str):
        return said
    found: Any = results
    for part in said.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise PlaybookFault(playbook.name, f"the report's {said} points at nothing")
        found = found[part]
    return found
