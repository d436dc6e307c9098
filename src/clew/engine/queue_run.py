"""A plan made durable: a run with its tasks, as a record of the log, before anything leaves."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from clew.engine.plan import Plan
from clew.model.change import Change
from clew.model.interval import Window
from clew.model.journal import AskedTask, RunQueued
from clew.store.investigation import Investigation
from clew.store.runs import Run
from clew.transform.contract import HIDDEN, Transform


def queue(case: Investigation, plan: Plan, *, graph: str, label: str, actor: str, at: int) -> Run:
    """Make a plan durable as a run with its tasks."""
    run = Run(
        id=uuid.uuid4().hex,
        action=uuid.uuid4().hex,
        transform=plan.transform.id,
        settings=settings_text(plan.transform, plan.settings, plan.secrets),
        graph=graph,
        label=label,
        actor=actor,
        at=at,
    )
    tasks = tuple(
        AskedTask(
            lookup.value.type.name,
            str(lookup.value),
            int(lookup.marking.tlp),
            int(lookup.marking.pap) or msgspec.UNSET,
        )
        for lookup in plan.lookups
    )
    queued = RunQueued(run.id, run.transform, run.settings, graph, tasks)
    case.append([Change(queued, at, run.action, label, actor)])
    return run


def settings_text(
    transform: Transform, settings: Mapping[str, Any], secrets: Collection[str] = ()
) -> str:
    """Parameters as canonical JSON: a window as its text, a key as a sign that there was one."""
    hidden = {*secrets, *transform.secret_settings(settings)}
    texts: dict[str, Any] = {}
    for name, value in settings.items():
        if transform.open_settings and value is None:
            continue
        # A window is a record, which the encoder would take apart before it asks the hook.
        texts[name] = HIDDEN if name in hidden and value else value
        if isinstance(value, Window):
            texts[name] = str(value)
    return msgspec.json.encode(texts, enc_hook=str, order="sorted").decode()
