"""What every entry that Clew writes keeps to; one that does not was made by something else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from clew.errors import InvalidValue
from clew.model.change import (
    AddToGraph,
    Change,
    EntityMerge,
    EntitySplit,
    Hide,
    Label,
    LinkRefs,
    Mark,
    Move,
    Note,
    Observe,
    PlaybookRun,
    Remove,
    Revert,
    SharingTerms,
    TimeWindow,
)
from clew.model.interval import UndatedPolicy, Window
from clew.model.journal import CarriedOver, Exchange, RunQueued, TasksFinished
from clew.model.marking import PAP, TLP

ID_BYTES = 16
PLACE_BYTES = 8
PLACE_MAX = 1e9
"""Farthest that an entity is drawn from the middle, in units of the picture."""
PROVENANCES_MAX = 250_000
"""Most provenances of one entry."""
SECOND_MIN, SECOND_MAX = (
    int(datetime(1, 1, 2, tzinfo=UTC).timestamp()),
    int(datetime(9998, 12, 31, tzinfo=UTC).timestamp()),
)
MICROSECONDS = 1_000_000
JSON_DEPTH_MAX = 100
"""Deepest nesting of a JSON text within an entry, in levels."""


def check_change(change: Change, seq: int) -> None:
    """Raises ValueError for what the entry *seq* can't say."""
    what = change.what
    _check_second(change.at // MICROSECONDS)
    _check_refs(what)
    match what:
        case Observe(provenance=provenance):
            if len(provenance) > PROVENANCES_MAX:
                raise ValueError(f"it has over {PROVENANCES_MAX} provenances")
            for one in provenance:
                _check_second(one.learnt)
                _check_level(one.tlp, TLP)
                _check_json(one.settings)
                if len(one.input) not in (0, ID_BYTES):
                    raise ValueError("an input is no id")
        case Revert(targets=targets):
            if not all(0 < target < seq for target in targets):
                raise ValueError("it takes back what is not before it")
        case Mark(tlp=tlp, pap=pap):
            _check_level(tlp, TLP)
            _check_level(pap, PAP)
        case SharingTerms(ceiling=ceiling, default_tlp=tlp, default_pap=pap):
            _check_level(tlp, TLP)
            _check_level(pap, PAP)
            if TLP(ceiling) is TLP.RED:
                raise ValueError("it lets leave what leaves by name only")
        case TimeWindow(window=window, undated=undated):
            UndatedPolicy(undated)
            if window:
                _check_window(window)
        case PlaybookRun(settings=settings, begun=begun):
            _check_json(settings)
            if begun < 0:
                raise ValueError("it began before the log")
        case RunQueued(settings=settings, tasks=tasks):
            _check_json(settings)
            for task in tasks:
                _check_level(task.tlp, TLP)
        case TasksFinished() | CarriedOver():
            _check_answers(what)
        case _:
            pass


def _check_answers(what: TasksFinished | CarriedOver) -> None:
    runs = what.runs if isinstance(what, CarriedOver) else ()
    for run in runs:
        _check_json(run.settings)
        _check_second(run.at // MICROSECONDS)
        for task in run.tasks:
            _check_level(task.tlp, TLP)
    for exchange in _exchanges(what):
        _check_json(exchange.headers)
        _check_second(exchange.received)
    if any(reply.size < 0 for reply in what.replies):
        raise ValueError("a reply has less than no bytes")


def _exchanges(what: TasksFinished | CarriedOver) -> Iterator[Exchange]:
    if isinstance(what, TasksFinished):
        for task in what.tasks:
            yield from task.exchanges
        return
    for run in what.runs:
        for old_task in run.tasks:
            yield from old_task.exchanges


def _check_refs(what: object) -> None:
    """Ids and places are whole, and links have two ends each."""
    match what:
        case AddToGraph(entities=ids, links=links) | Remove(entities=ids, links=links):
            _check_ids(ids)
            _check_links(links)
        case EntityMerge(keep=keep, others=others):
            _check_ids(keep)
            _check_ids(others)
        case Label(entities=ids) | EntitySplit(entities=ids) | Hide(entities=ids):
            _check_ids(ids)
        case Mark(entities=ids) | Note(entity=ids):
            _check_ids(ids)
        case Move(entities=ids, positions=positions):
            _check_ids(ids)
            if (
                len(positions) // PLACE_BYTES != len(ids) // ID_BYTES
                or len(positions) % PLACE_BYTES
            ):
                raise ValueError("it has other places than entities")
            # What is no number is not below any either.
            if not (np.abs(np.frombuffer(positions, "<f4")) <= PLACE_MAX).all():
                raise ValueError("a place lies outside of any picture")
        case _:
            pass


def _check_ids(ids: bytes) -> None:
    if len(ids) % ID_BYTES:
        raise ValueError("an id is not whole")


def _check_links(links: LinkRefs) -> None:
    _check_ids(links.sources)
    _check_ids(links.targets)
    count = len(links)
    if len(links.sources) != count * ID_BYTES or len(links.targets) != count * ID_BYTES:
        raise ValueError("a link lacks an end")
    if count and max(links.types) >= len(links.names):
        raise ValueError("a link is of no type")


def _check_second(second: int) -> None:
    if not SECOND_MIN <= second <= SECOND_MAX:
        raise ValueError("a date lies outside of the calendar")


def _check_level(level: int, levels: type[TLP | PAP]) -> None:
    levels(level)


def _check_window(text: str) -> None:
    try:
        Window.parse(text)
    except InvalidValue as error:
        raise ValueError(error.reason) from error


def _check_json(text: str) -> None:
    """A JSON object that is not deep; most are empty."""
    if text == "{}":
        return
    if text.count("[") + text.count("{") > JSON_DEPTH_MAX and _depth(text) > JSON_DEPTH_MAX:
        raise ValueError(f"a text is nested deeper than {JSON_DEPTH_MAX} levels")
    if not isinstance(json.loads(text), dict):
        raise ValueError("a text is no JSON object")


def _depth(text: str) -> int:
    depth = deepest = 0
    for letter in text:
        depth += (letter in "[{") - (letter in "]}")
        deepest = max(deepest, depth)
    return deepest
