"""Entities as inputs of a plan: with their markings and states, and what is known already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.engine.plan import Input
from clew.engine.queue_run import settings_text
from clew.graph.markings import entity_markings, investigation_marking
from clew.graph.view import View
from clew.model.interval import Interval
from clew.model.marking import UNMARKED, Marking, strictest
from clew.model.marking_text import tlp_of
from clew.schema.registry import Catalogue
from clew.schema.value import Value
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
                if task.state == "done" and not (outcome and outcome.over_budget):
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
    own, whole = entity_markings(state), investigation_marking(state)
    found = {row: [whole, own.get(row, UNMARKED)] for row in wanted}
    counting = state.counting()
    tlps = np.asarray([record.tlp for record in state.provenances.records], np.int64)
    for index in state.observe_index.values():
        marked = counting[index.provenance] & (tlps[index.provenance] != 0)
        marked &= np.isin(index.entities, list(wanted))
        for at in np.flatnonzero(marked).tolist():
            row, number = int(index.entities[at]), int(index.provenance[at])
            found[row].append(Marking(tlp_of(int(tlps[number]))))
    return {row: strictest(markings) for row, markings in found.items()}
