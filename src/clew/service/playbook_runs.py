"""Playbooks that run in the background: how far each is, what it said, what it waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clew.playbook.bounds import AnswerNeeded
from clew.playbook.format import Playbook, PlaybookStep
from clew.playbook.result import StepResult
from clew.playbook.run import run_playbook_async
from clew.service.jobs import Job, Jobs
from clew.service.playbook_views import PlaybookQuestion, PlaybookRunView, PlaybookStepView
from clew.workbench import Workbench

LINES_MAX = 20
"""Most problems and cuts that are told of one step."""


@dataclass(slots=True)
class PlaybookProgress:
    """How far one run of a playbook is."""

    playbook: str
    settings: Mapping[str, Any]
    steps: list[PlaybookStepView] = field(default_factory=list)
    now: str = ""
    waits: PlaybookQuestion | None = None


def begin_playbook(
    jobs: Jobs,
    bench: Workbench,
    playbook: Playbook,
    settings: Mapping[str, Any],
    answers: Mapping[str, str],
    *,
    credits_max: float | None = None,
) -> Job:
    """Run a playbook as a job; one that stopped is gone on with by beginning it again."""
    progress = PlaybookProgress(playbook.name, dict(settings))
    total = sum(1 for _ in playbook.every_step())

    async def work(job: Job) -> None:
        def starts(step: PlaybookStep) -> None:
            progress.now = step.title

        def ends(result: StepResult) -> None:
            progress.steps.append(
                PlaybookStepView(
                    id=result.id, title=result.title, count=len(result.rows),
                    extents=list(result.extents[:LINES_MAX]),
                    problems=list(result.problems[:LINES_MAX]),
                )
            )  # fmt: skip
            jobs.progress(job, len(progress.steps))

        job.total = total
        try:
            await run_playbook_async(
                playbook,
                settings,
                bench,
                answers=answers,
                starts=starts,
                ends=ends,
                credits_max=credits_max,
            )
        except AnswerNeeded as needed:
            progress.waits = PlaybookQuestion(
                step=needed.step, text=needed.text, choices=list(needed.choices)
            )
        except asyncio.CancelledError:
            job.fault = "Stopped. What the steps before brought is kept."
            raise
        finally:
            progress.now = ""

    return jobs.begin("playbook-run", playbook.title, work, detail=progress)


def playbook_run_view(job: Job) -> PlaybookRunView:
    """A run of a playbook as the page reads it."""
    progress = job.detail
    assert isinstance(progress, PlaybookProgress), "a job of this kind keeps its progress"
    return PlaybookRunView(
        id=job.id, playbook=progress.playbook, title=job.title, total=job.total or 0,
        steps=progress.steps, now=progress.now, fault=job.fault, waits=progress.waits,
        running=job.running, settings=dict(progress.settings),
    )  # fmt: skip
