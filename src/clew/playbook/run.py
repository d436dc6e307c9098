"""Running a playbook: its steps in order, each result announced as it comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from inspect import isawaitable
from typing import Any

from clew.errors import ClewError
from clew.model.change import PlaybookRun
from clew.playbook.bounds import AnswerNeeded, PlaybookBounds
from clew.playbook.case_access import CaseAccess
from clew.playbook.context import RunContext
from clew.playbook.format import TIMES_MAX, Playbook, PlaybookFault, PlaybookStep
from clew.playbook.grant import granted_credits
from clew.playbook.references import settings_of, substitute
from clew.playbook.result import PlaybookResult, StepResult
from clew.playbook.steps import step_action

Starts = Callable[[PlaybookStep], None]
Ends = Callable[[StepResult], None]


def run_playbook(
    playbook: Playbook,
    parameters: Mapping[str, Any],
    case: CaseAccess,
    *,
    answers: Mapping[str, str] | None = None,
    starts: Starts = lambda step: None,  # noqa: ARG005
    ends: Ends = lambda result: None,  # noqa: ARG005
    calls_max: int | None = None,
    credits_max: float | None = None,
) -> PlaybookResult:
    """Run all steps, outside of an event loop; see run_playbook_async."""
    return asyncio.run(
        run_playbook_async(
            playbook,
            parameters,
            case,
            answers=answers,
            starts=starts,
            ends=ends,
            calls_max=calls_max,
            credits_max=credits_max,
        )
    )


async def run_playbook_async(
    playbook: Playbook,
    parameters: Mapping[str, Any],
    case: CaseAccess,
    *,
    answers: Mapping[str, str] | None = None,
    starts: Starts = lambda step: None,  # noqa: ARG005
    ends: Ends = lambda result: None,  # noqa: ARG005
    calls_max: int | None = None,
    credits_max: float | None = None,
) -> PlaybookResult:
    """
    Run all steps.

    What was looked up before is answered by stored replies: a run that stopped is resumed by
    running again, and pays for nothing twice.

    Args:
        playbook: What to run.
        parameters: What it is given.
        case: The investigation that it runs on.
        answers: What a person answered to steps that ask, by step.
        starts: Called before each step.
        ends: Called with each result.
        calls_max: Most requests in all; None for the playbook's own bound alone.
        credits_max: Most credits in all; None for nothing, but see playbook/grant.py.

    Raises:
        AnswerNeeded: A step asks a person, and *answers* has nothing for it.
        PlaybookFault: A step can't be done, or a bound of the playbook would be passed; names
            the step and its line. What the steps before it added stays in the investigation.
    """
    settings = settings_of(playbook, parameters)
    bounds = PlaybookBounds.of(playbook, settings)
    bounds.grant(calls_max, granted_credits(playbook, case) if credits_max is None else credits_max)
    context = RunContext(case, dict(settings), dict(answers or {}), bounds)
    runner = _PlaybookRunner(playbook, context, starts, ends)
    begun = case.state.seq
    await runner.run(playbook.steps)
    by_id = {result.id: result.data for result in runner.results}
    report = {name: _report(path, by_id, playbook) for name, path in playbook.report.items()}
    done = PlaybookRun(playbook.name, json.dumps(settings, sort_keys=True, default=str), begun)
    # The entry goes with the last step: one undo takes back what a person sees as one.
    last = [step for step in case.state.history.entries() if step.seq > begun]
    case.decide(done, label=f"Played {playbook.title}", action=last[-1].action if last else "")
    return PlaybookResult(playbook.name, settings, tuple(runner.results), report)


@dataclass(slots=True)
class _PlaybookRunner:
    playbook: Playbook
    context: RunContext
    starts: Starts
    ends: Ends
    results: list[StepResult] = field(default_factory=list)

    async def run(self, steps: Iterable[PlaybookStep]) -> None:
        for step in steps:
            await (self._repeat(step) if step.kind == "repeat" else self._step(step))

    async def _step(self, step: PlaybookStep) -> None:
        context = self.context
        self.starts(step)
        try:
            ready = replace(
                step,
                arguments=substitute(step.arguments, context.values),
                options=substitute(dict(step.options), context.values),
            )
            outcome = step_action(ready)(context, ready)
            result = await outcome if isawaitable(outcome) else outcome
            context.bounds.check_size(len(context.view().entities))
        except AnswerNeeded:
            raise
        except (ClewError, KeyError, TypeError, ValueError) as error:
            what = f"it says no {error}" if isinstance(error, KeyError) else str(error)
            raise PlaybookFault(
                self.playbook.name, f"step {step.id} can't be played: {what.rstrip('.')}",
                line=step.line,
            ) from error  # fmt: skip
        context.sets[step.id] = result.rows
        if result.value is not None:
            context.values[step.id] = result.value
        self.results.append(result)
        self.ends(result)

    async def _repeat(self, step: PlaybookStep) -> None:
        """Its steps, again and again, while the named set of the last round has new entities."""
        arguments = substitute(step.arguments, self.context.values)
        grows = str(arguments.get("while_new", ""))
        known: set[int] = set()
        rounds = 0
        for _ in range(min(int(arguments.get("times", TIMES_MAX)), TIMES_MAX)):
            await self.run(step.inner)
            rounds += 1
            now = set(self.context.sets[grows].tolist()) if grows in self.context.sets else set()
            if grows and now <= known:
                break
            known |= now
        self.results.append(StepResult(step.id, step.title, step.kind, data={"rounds": rounds}))
        self.ends(self.results[-1])


def _report(path: Any, results: Mapping[str, Any], playbook: Playbook) -> Any:
    """The results that a report's texts point at: ``step`` or ``step.member.member``."""
    if isinstance(path, dict):
        return {name: _report(below, results, playbook) for name, below in path.items()}
    if not isinstance(path, str):
        return path
    found: Any = results
    for part in path.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise PlaybookFault(playbook.name, f"the report's {path} points at nothing")
        found = found[part]
    return found
