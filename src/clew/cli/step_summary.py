"""What a person reads of a step of a playbook when it ends, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clew.cli.output import safe
from clew.playbook.result import StepResult
from clew.questions.registry import question_named

NAMED_MAX = 4
"""Values that are named; more are counted."""

Data = Mapping[str, Any]


def step_summary(step: StepResult) -> str:
    """The result of a step in a few words; of a question how many rows its table has."""
    summary = SUMMARIES.get(step.kind)
    return summary(step.data) if summary else _table_size(step)


def _table_size(step: StepResult) -> str:
    table = question_named(step.kind).table
    total = step.data.get(f"{table}_total", len(step.data[table]))
    return f"{total} {table.replace('_', ' ')}"


def _entity_set(data: Data) -> str:
    values = [safe(one["value"]) for one in data["values"]]
    if not values:
        return "0"
    shown, more = ", ".join(values[:NAMED_MAX]), len(values) - NAMED_MAX
    return f"{len(values)} ({shown}{f' and {more} more' if more > 0 else ''})"


def _lookups(data: Data) -> str:
    if data["count"]:
        return _entity_set(data)
    run = data["run"]
    return f"{run['asked']} looked up, {run['calls']} calls, {run['cached']} kept replies"


def _size(data: Data) -> str:
    return f"{data['entities']} entities, {data['links']} links"


def _pairs(data: Data) -> str:
    ends = [f"{safe(one)}: {len(many)}" for one, many in data["pairs"].items()]
    return ", ".join(ends[:NAMED_MAX]) or "none"


def _overlap(data: Data) -> str:
    telling = ", ".join(safe(one["value"]) for one in data["telling"][:NAMED_MAX])
    return f"{data['entities']} entities in both, the most telling: {telling}"


def _scores(data: Data) -> str:
    return (
        f"{data['links']} links, {data['several_lineages']} of several lineages, "
        f"{data['mean']:g} on average"
    )


def _prune(data: Data) -> str:
    fall = len(data["entities_fall"])
    return f"{data['entities_stay']} entities and {data['links_stay']} links stay, {fall} fall"


def _text(name: str) -> Callable[[Data], str]:
    return lambda data: safe(data[name])


SUMMARIES: Mapping[str, Callable[[Data], str]] = {
    "add": _entity_set,
    "transform": _lookups,
    "select": _entity_set,
    "read": _text("value"),
    "window": lambda data: " to ".join(data["window"]),
    "count": _size,
    "pairs": _pairs,
    "rows": lambda data: f"{data['count']} ({data['rule']})",
    "merge": _size,
    "overlap": _overlap,
    "score": _scores,
    "prune": _prune,
    "note": _text("text"),
    "export": lambda data: str(data["file"]),
    "ask": _text("answer"),
    "rank": _entity_set,
    "crowds": _entity_set,
    "repeat": lambda data: f"{data['rounds']} rounds",
}
"""By kind of step; any other kind is a question."""
