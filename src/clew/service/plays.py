"""Playbooks that are played in the background: how far each is, what it said, what it waits for."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clew.errors import ClewError
from clew.playbook.bounds import AnswerNeeded
from clew.playbook.format import Playbook
from clew.playbook.result import StepResult
from clew.playbook.run import run_playbook_async
from clew.workbench import Workbench

PLAYS_MAX = 50
"""Most plays that are remembered; the log keeps what each brought."""
LINES_MAX = 20
"""Most problems and cuts that are told of one step."""


@dataclass(slots=True)
class Playing:
    """One play of this process."""

    id: str
    playbook: str
    title: str
    total: int
    settings: Mapping[str, Any]
    steps: list[dict[str, Any]] = field(default_factory=list)
    now: str = ""
    fault: str = ""
    waits: dict[str, Any] | None = None
    """What a person is asked: step, text, choices."""
    task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.task is not None and not self.task.done()

    def as_data(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "id": self.id, "playbook": self.playbook, "title": self.title, "total": self.total,
            "steps": self.steps, "now": self.now, "fault": self.fault, "waits": self.waits,
            "running": self.running, "settings": dict(self.settings),
        }  # fmt: skip


class Plays:
    """All plays of this process; used from the event loop's thread only."""

    def __init__(self, told: Callable[[], None]) -> None:
        """*told* is called whenever something has changed."""
        self._plays: dict[str, Playing] = {}
        self._told = told

    def all(self) -> list[Playing]:
        """The latest first."""
        return list(self._plays.values())[::-1]

    def begin(
        self,
        bench: Workbench,
        playbook: Playbook,
        settings: Mapping[str, Any],
        answers: Mapping[str, str],
    ) -> Playing:
        """Play in the background; one that stopped is gone on with by beginning it again."""
        steps = sum(1 for _ in playbook.every_step())
        made = Playing(uuid.uuid4().hex, playbook.name, playbook.title, steps, dict(settings))
        self._plays[made.id] = made
        for old in list(self._plays)[:-PLAYS_MAX]:
            if not self._plays[old].running:
                del self._plays[old]
        work = self._play(bench, playbook, made, answers)
        made.task = asyncio.get_running_loop().create_task(work)
        return made

    def stop(self, id_: str) -> bool:
        """Stop a play; what its steps brought stays. Gives whether it was running."""
        found = self._plays.get(id_)
        if found is None or found.task is None or not found.running:
            return False
        found.task.cancel()
        return True

    async def clear(self) -> None:
        """Stop all and forget them."""
        tasks = [one.task for one in self._plays.values() if one.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._plays.clear()

    async def _play(
        self, bench: Workbench, playbook: Playbook, made: Playing, answers: Mapping[str, str]
    ) -> None:
        def ends(result: StepResult) -> None:
            made.steps.append(
                {
                    "id": result.id, "title": result.title, "count": len(result.rows),
                    "extents": list(result.extents[:LINES_MAX]),
                    "problems": list(result.problems[:LINES_MAX]),
                }
            )  # fmt: skip
            self._told()

        def starts(step: Any) -> None:
            made.now = step.title

        try:
            await run_playbook_async(
                playbook, made.settings, bench, answers=answers, starts=starts, ends=ends
            )
        except AnswerNeeded as waiting:
            made.waits = {
                "step": waiting.step,
                "text": waiting.text,
                "choices": list(waiting.choices),
            }
        except ClewError as error:
            made.fault = str(error)
        except asyncio.CancelledError:
            made.fault = "Stopped. What the steps before brought is kept."
            raise
        finally:
            made.now = ""
            self._told()
