"""Entities as inputs of a plan: with their markings and states, and what is known already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.engine.plan import Input
from clew.engine.queue_run import settings_text
from clew.engine.sender import moved_to
from clew.graph.entities import pack_ids
from clew.graph.markings import EntityMark, entity_marks, investigation_marking
from clew.graph.view import View
from clew.model.interval import Interval
from clew.model.journal import Outcome
from clew.model.marking import UNMARKED, Marking, strictest
from clew.model.marking_text import marking_of
from clew.model.provenance import Extent
from clew.schema.registry import Catalogue
from clew.schema.value import Value, entity_id
from clew.store.runs import Run, Task
from clew.store.store import Store
from clew.transform.contract import HIDDEN, Transform


def inputs_of(
    view: View,
    rows: NDArray[np.int32],
    catalogue: Catalogue,
    properties: Mapping[int, Mapping[str, str]] | None = None,
) -> list[Input]:
    """
    The entities with their states and the strictest marking of what they came from.

    A marking comes from the entity's own (graph/markings.py), from the provenance of what is known
    of it, and from the whole investigation's.

    Args:
        view: Where the entities are.
        rows: Of the entities.
        catalogue: The kinds that exist.
        properties: What may be sent along, by row; nothing where None.
    """
    properties = properties or {}
    wanted = set(rows.tolist())
    states: dict[int, list[tuple[str, Interval]]] = {}
    for row, state, seen, _ in view.states():
        if row in wanted:
            states.setdefault(row, []).append((state, seen))
    markings = _markings(view, wanted)
    found = []
    for row in rows.tolist():
        record = view.entity(row)
        value = catalogue.kind(record.type).value.trusted(record.value)
        found.append(
            Input(
                value,
                markings.get(row, Marking()),
                tuple(states.get(row, ())),
                properties.get(row, {}),
            )
        )
    return found


def withheld_inputs(
    view: View, tasks: Iterable[Task], catalogue: Catalogue, reason: Callable[[Marking], str]
) -> dict[bytes, str]:
    """
    Why inputs of open tasks may not go any more: they were marked after the plan.

    Args:
        view: Where the entities are.
        tasks: Of a run.
        catalogue: The kinds that exist.
        reason: Why what carries a marking may not go; empty where it may.
    """
    ids = {entity_id(one.type, one.value) for one in tasks if one.state != "done"}
    rows = view.state.entities.find(pack_ids(b"".join(sorted(ids))))
    inputs = inputs_of(view, rows[rows >= 0], catalogue)
    reasons = {one.value.id: reason(one.marking) for one in inputs}
    return {id_: why for id_, why in reasons.items() if why}


def cached_values(
    store: Store,
    transform: Transform,
    settings: Mapping[str, Any],
    catalogue: Catalogue,
    at: int,
    *,
    inputs: Iterable[Input] = (),
    secrets: Collection[str] = (),
) -> set[Value]:
    """
    Values that the same question was asked about lately enough for the kept reply to do.

    Args:
        store: Where runs and replies are.
        transform: Whom to ask what.
        settings: Its checked parameters.
        catalogue: The kinds that exist.
        at: The present moment, in microseconds since 1970.
        inputs: What is to be asked about; what is sent along makes it another question.
        secrets: Names of settings that hold keys.
    """
    since = at - transform.provider.fresh_s * 1_000_000
    text = settings_text(transform, settings, secrets)
    known: set[Value] = set()
    for run in store.runs():
        if run.transform == transform.id and run.at >= since and run.settings == text:
            for task, outcome in store.tasks(run.id):
                if task.state == "done" and not _asks_again(store, run, task, outcome):
                    known.add(catalogue.kind(task.type).value.trusted(task.value))
    if transform.question is None:
        return known
    hidden = {*secrets, *transform.secret_settings(settings)}
    shown = {name: HIDDEN if name in hidden else value for name, value in settings.items()}
    return {
        one.value
        for one in inputs
        if one.value in known
        and _has_stored_reply(store, transform, one, shown, since // 1_000_000)
    }


def _asks_again(store: Store, run: Run, task: Task, outcome: Outcome | None) -> bool:
    """Whether a done task's kept replies are not all that it takes to answer again."""
    if outcome is None:
        return False
    whole = outcome.completeness.extent is Extent.COMPLETE
    moved = not whole and any(map(moved_to, store.exchanges(run.id, task.position)))
    return outcome.over_budget or moved


def _has_stored_reply(
    store: Store, transform: Transform, one: Input, settings: Mapping[str, Any], since_s: int
) -> bool:
    """Whether the one request of a look-up has a kept reply."""
    assert transform.question is not None, "the transform asks once"
    provider = transform.provider
    request = transform.question(one.value, one.properties, settings)
    fingerprint = request.at(provider.base_url).fingerprint(provider.base_url)
    return store.latest_exchange(provider.name, fingerprint, since_s) is not None


def _markings(view: View, wanted: set[int]) -> dict[int, Marking]:
    state = view.state
    own, whole = entity_marks(state), investigation_marking(state)
    unset = EntityMark(UNMARKED)
    found = {row: [own.get(row, unset).marking] for row in wanted}
    for row in wanted:
        # Who lowered it by hand said what counts for it; else the whole's is the least.
        known = own.get(row, unset)
        found[row].append(Marking(pap=whole.pap) if known.by_hand else whole)
    merged_into = state.decisions.merged_into
    rows = wanted | {other for other in state.decisions.merged if merged_into(other) in wanted}
    counting = state.counting()
    markings = [marking_of(record) for record in state.provenances.records]
    carries = np.asarray([one != UNMARKED for one in markings], np.bool_)
    for seq, index in state.observe_index.items():
        marked = counting[index.provenance] & carries[index.provenance]
        marked &= np.isin(index.entities, list(rows))
        for at in np.flatnonzero(marked).tolist():
            row = merged_into(int(index.entities[at]))
            if seq > own.get(row, unset).lowered:
                found[row].append(markings[int(index.provenance[at])])
    return {row: strictest(them) for row, them in found.items()}
