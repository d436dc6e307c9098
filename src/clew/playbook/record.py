"""What was done by hand as a playbook: runs with what they were asked about, merges, windows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from clew.errors import InvalidValue
from clew.graph.entities import pack_ids
from clew.graph.results import result_rows
from clew.graph.sharing import Ceiling, KeptBack, Shareable, shareable
from clew.graph.view import entity_record, view_of
from clew.model.change import Change, GraphMerge, TimeWindow
from clew.schema.value import entity_id
from clew.store.investigation import Investigation
from clew.store.runs import Run
from clew.transform.contract import HIDDEN

VALUES_MAX = 500
"""Most values that one step of a recorded playbook names."""


def record(case: Investigation, ceiling: Ceiling, *, name: str, title: str = "") -> tuple[str, str]:
    """
    The investigation's runs, merges and windows as a playbook's YAML, in their order.

    What a run was asked about becomes a selection from the step that found it: all of a type
    where it was all of them, the values themselves where it was some. What no run found is added
    by value. Prunes, hides and other acts by hand are no part of it; replayed with stored replies
    it asks nobody.

    Returns:
        The YAML, and what a ceiling kept back of it as a sentence; empty where nothing.

    Raises:
        InvalidValue: There is no run, or one was asked about over VALUES_MAX values.
    """
    part = shareable(view_of(case.state), ceiling)
    recording = _Recording(case, part)
    steps = list(recording.steps())
    if not recording.found:
        raise InvalidValue("investigation", case.store.path.stem, "there is no run to record")
    document = {"playbook": name, "title": title or name, "steps": steps}
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    kept_back = str(KeptBack(len(recording.kept_back), ceiling=ceiling))
    return (f"# {kept_back}\n{text}" if kept_back else text), kept_back


@dataclass(slots=True)
class _Recording:
    case: Investigation
    part: Shareable
    kept_back: set[int] = field(default_factory=set)
    """Rows whose values a ceiling keeps back."""
    found: dict[str, frozenset[int]] = field(default_factory=dict)
    """Rows that each recorded run found, by its step."""

    def steps(self) -> Iterator[dict[str, Any]]:
        actions: list[tuple[int, Run | Change]] = [(run.at, run) for run in self.case.store.runs()]
        counts = {step.seq for step in self.case.state.history.entries() if step.counts}
        for entry in self.case.store.entries():
            if entry.seq in counts and isinstance(entry.change.what, GraphMerge | TimeWindow):
                actions.append((entry.change.at, entry.change))
        for number, (_, act) in enumerate(sorted(actions, key=lambda one: one[0]), 1):
            if isinstance(act, Run):
                yield from self._run(act, number)
            elif isinstance(act.what, GraphMerge):
                yield {"id": f"merge_{number}", "title": self._text(act.label),
                       "merge": list(act.what.sources), "graph": act.what.graph}  # fmt: skip
            elif isinstance(act.what, TimeWindow) and act.what.window:
                yield {"id": f"window_{number}", "title": self._text(act.label),
                       "window": {"span": act.what.window}}  # fmt: skip

    def _run(self, run: Run, number: int) -> Iterator[dict[str, Any]]:
        state = self.case.state
        tasks = [task for task, _ in self.case.store.tasks(run.id)]
        ids = b"".join(entity_id(task.type, task.value) for task in tasks)
        rows = [row for row in state.entities.find(pack_ids(ids)).tolist() if row >= 0]
        if len(tasks) > VALUES_MAX:
            raise InvalidValue("run", run.label, f"it was asked about over {VALUES_MAX} values")
        id_ = f"{re.sub('[^a-z0-9]+', '_', run.transform.partition('.')[2].lower())}_{number}"
        inputs = f"inputs_{number}"
        asked = self._inputs(rows, run.graph)
        if rows and not any(self.part.entities[row] for row in rows):
            # Nothing that it was asked about may leave.
            return
        label = self._text(run.label)
        yield {"id": inputs, "title": f"For: {label}", **asked}
        stored: dict[str, Any] = json.loads(run.settings or "{}")
        settings = {
            name: self._text(value) if isinstance(value, str) else value
            for name, value in stored.items()
            if value not in ("", None, False, HIDDEN)
        }
        yield {"id": id_, "title": label, "transform": run.transform, "inputs": inputs,
               **({"with": settings} if settings else {}), "graph": run.graph}  # fmt: skip
        self.found[id_] = frozenset(result_rows(state, run.action).tolist())

    def _inputs(self, rows: list[int], graph: str) -> dict[str, Any]:
        state = self.case.state
        types = sorted({self._type(row) for row in rows})
        leaving = [row for row in rows if self.part.entities[row]]
        self.kept_back |= set(rows) - set(leaving)
        values = sorted(state.entities.values[row] for row in leaving)
        for id_, found in reversed(self.found.items()):
            if rows and set(rows) <= found:
                same = {row for row in found if self._type(row) in types}
                if same == set(rows):
                    return {"select": {"from": id_, "type": types}}
                return {"select": {"from": id_, "value": values}}
        return {"add": {"type": types[0], "values": values}, "graph": graph}

    def _text(self, text: str) -> str:
        """A label without the values that stay."""
        values = self.case.state.entities.values
        for row in sorted(self.kept_back):
            text = text.replace(values[row], "…")
        return text if self.part.ceiling.admits(text) else "…"

    def _type(self, row: int) -> str:
        return entity_record(self.case.state, row).type
