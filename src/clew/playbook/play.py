"""Playing a playbook: its steps in order, each result announced as it comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any

from clew.errors import ClewError
from clew.model.change import PlaybookRun
from clew.playbook.desk import Desk
from clew.playbook.format import TIMES_MAX, Playbook, PlaybookFault, Step
from clew.playbook.playing import Play
from clew.playbook.references import settings_of, substitute
from clew.playbook.result import Played, StepResult
from clew.playbook.steps import DO
from clew.playbook.stop import Stop, Waiting

Starts = Callable[[Step], None]
Ends = Callable[[StepResult], None]


def play(
    playbook: Playbook,
    given: Mapping[str, Any],
    desk: Desk,
    *,
    answers: Mapping[str, str] | None = None,
    starts: Starts = lambda step: None,  # noqa: ARG005
    ends: Ends = lambda result: None,  # noqa: ARG005
) -> Played:
    """Play all steps, outside of an event loop; see play_on."""
    return asyncio.run(play_on(playbook, given, desk, answers=answers, starts=starts, ends=ends))


async def play_on(
    playbook: Playbook,
    given: Mapping[str, Any],
    desk: Desk,
    *,
    answers: Mapping[str, str] | None = None,
    starts: Starts = lambda step: None,  # noqa: ARG005
    ends: Ends = lambda result: None,  # noqa: ARG005
) -> Played:
    """
    Play all steps.

    What was looked up before is answered by kept replies: a play that stopped is resumed by
    playing again, and pays for nothing twice.

    Args:
        playbook: What to play.
        given: Parameters.
        desk: The investigation that it is played on.
        answers: What a person said to steps that ask, by step.
        starts: Called before each step.
        ends: Called with each result.

    Raises:
        Waiting: A step asks a person, and *answers* has nothing for it.
        PlaybookFault: A step can't be played, or a bound of the playbook would be passed; names
            the step and its line. What the steps before it brought stays in the investigation.
    """
    settings = settings_of(playbook, given)
    stop = Stop.of(playbook, settings)
    playing = Play(desk, dict(settings), dict(answers or {}), stop)
    player = _Player(playbook, playing, starts, ends)
    begun = desk.state.seq
    await player.play(playbook.steps)
    by_id = {result.id: result.data for result in player.results}
    report = {name: _report(said, by_id, playbook) for name, said in playbook.report.items()}
    mark = PlaybookRun(playbook.name, json.dumps(settings, sort_keys=True, default=str), begun)
    # The mark goes with the last step: one undo takes back what a person sees as one.
    last = [step for step in desk.state.history.entries() if step.seq > begun]
    desk.decide(mark, label=f"Played {playbook.title}", action=last[-1].action if last else "")
    return Played(playbook.name, settings, tuple(player.results), report)


@dataclass(slots=True)
class _Player:
    playbook: Playbook
    playing: Play
    starts: Starts
    ends: Ends
    results: list[StepResult] = field(default_factory=list)

    async def play(self, steps: Iterable[Step]) -> None:
        for step in steps:
            await (self._repeat(step) if step.kind == "repeat" else self._step(step))

    async def _step(self, step: Step) -> None:
        playing = self.playing
        self.starts(step)
        try:
            says = substitute(step.says, playing.values)
            told = DO[step.kind](playing, step, says, substitute(dict(step.beside), playing.values))
            result = await told if isawaitable(told) else told
            playing.stop.check_size(len(playing.view().entities))
        except Waiting:
            raise
        except (ClewError, KeyError, TypeError, ValueError) as error:
            what = f"it says no {error}" if isinstance(error, KeyError) else str(error)
            raise PlaybookFault(
                self.playbook.name, f"step {step.id} can't be played: {what.rstrip('.')}",
                line=step.line,
            ) from error  # fmt: skip
        playing.sets[step.id] = result.rows
        if result.value is not None:
            playing.values[step.id] = result.value
        self.results.append(result)
        self.ends(result)

    async def _repeat(self, step: Step) -> None:
        """Its steps, again and again, while the named set of the last round has new entities."""
        says = substitute(step.says, self.playing.values)
        grows = str(says.get("while_new", ""))
        known: set[int] = set()
        rounds = 0
        for _ in range(min(int(says.get("times", TIMES_MAX)), TIMES_MAX)):
            await self.play(step.inner)
            rounds += 1
            now = set(self.playing.sets[grows].tolist()) if grows in self.playing.sets else set()
            if grows and now <= known:
                break
            known |= now
        self.results.append(StepResult(step.id, step.title, step.kind, data={"rounds": rounds}))
        self.ends(self.results[-1])


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
