"""What a playbook would do before anything runs: each look-up's price, and what leaves to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clew.analysis.lookups import LookupHistory, lookup_history
from clew.errors import ClewError, UnknownName
from clew.playbook.desk import Desk
from clew.playbook.format import Playbook, PlaybookFault, Step
from clew.playbook.references import settings_of, substitute, text_list


@dataclass(frozen=True, slots=True)
class Line:
    """One step that asks somebody."""

    step: str
    title: str
    depth: int
    """In how many repeats it lies."""
    transform: str
    provider: str
    contact: int
    inputs: float | None
    """About how many entities it is asked about; None where nothing is known."""
    calls: float | None
    credits: float | None
    """Of all its look-ups; None where the number of inputs is not known."""
    leaves: str
    refused: str

    def __str__(self) -> str:
        many = "an unknown number of" if self.inputs is None else f"about {self.inputs:.0f}"
        price = "" if not self.credits else f", {self.credits:g} credits"
        if self.credits is None:
            price = ", credits not known"
        told = f"{'  ' * self.depth}{self.title}: {many} look-ups at {self.provider}{price}"
        return f"{told}; {self.leaves}" + (
            f"; CAN'T BE ASKED: {self.refused}" if self.refused else ""
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """The whole tree of a playbook's look-ups."""

    lines: tuple[Line, ...]

    @property
    def credits(self) -> float:
        """Paid units as far as they are known."""
        return sum(line.credits or 0 for line in self.lines)

    @property
    def calls(self) -> float:
        """Requests as far as they are known."""
        return sum(line.calls or 0 for line in self.lines)

    @property
    def unknown(self) -> int:
        """Steps whose number of look-ups is not known."""
        return sum(line.inputs is None for line in self.lines)

    def as_data(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "lines": [
                {name: getattr(line, name) for name in Line.__dataclass_fields__}
                for line in self.lines
            ],
            "calls": self.calls,
            "credits": self.credits,
            "unknown": self.unknown,
        }


def outlook(playbook: Playbook, given: Mapping[str, Any], desk: Desk) -> Outlook:
    """
    What a playbook would ask, with numbers where something is known.

    Inputs of a step are those that values, and what transforms brought here so far, let expect;
    a selection is counted as all that it selects from, so numbers are upper ones.

    Raises:
        PlaybookFault: A transform does not exist; names the step and its line.
    """
    settings = settings_of(playbook, given)
    past = lookup_history(desk.state)
    looking = _Looking(playbook, settings, desk, past)
    return Outlook(tuple(looking.lines(playbook.steps, 0)))


@dataclass(slots=True)
class _Looking:
    playbook: Playbook
    settings: Mapping[str, Any]
    desk: Desk
    past: LookupHistory
    sizes: dict[str, float | None] = field(default_factory=dict)
    """About how many entities each step gives."""

    def lines(self, steps: Iterable[Step], depth: int) -> Iterator[Line]:
        for step in steps:
            if step.inner:
                yield from self.lines(step.inner, depth + 1)
            if step.kind == "transform":
                yield self._line(step, depth)
            else:
                self.sizes[step.id] = self._size(step)

    def _line(self, step: Step, depth: int) -> Line:
        try:
            told = self.desk.foresee(str(step.says))
        except ClewError as error:
            raise PlaybookFault(
                self.playbook.name, f"step {step.id}: {error.what.rstrip('.')}", line=step.line,
                helps=error.helps,
            ) from error  # fmt: skip
        inputs = _sum(step.beside.get("inputs"), self.sizes)
        gain = self.past.gains.get(str(step.says), told.expects)
        self.sizes[step.id] = None if inputs is None or gain is None else inputs * gain
        kinds = ", ".join(sorted(told.takes)) or "values"
        leaves = f"{kinds} to {told.provider}" if told.contact else "nothing leaves this machine"
        return Line(
            step.id, step.title, depth, str(step.says), told.provider, told.contact, inputs,
            None if inputs is None else inputs * told.calls,
            None if inputs is None else inputs * told.credits, leaves, told.refused,
        )  # fmt: skip

    def _size(self, step: Step) -> float | None:
        says = step.says
        if not isinstance(says, Mapping):
            return None
        match step.kind:
            case "add" if "values" in says:
                try:
                    return float(len(text_list(substitute(says["values"], self.settings))))
                except UnknownName:
                    return None
            case "add":
                return 1.0
            case "select" | "rank" if "from" in says:
                return _sum(says["from"], self.sizes)
            case _:
                return None


def _sum(names: Any, sizes: Mapping[str, float | None]) -> float | None:
    chosen = names if isinstance(names, list) else [names]
    found = [sizes.get(str(name)) for name in chosen]
    return None if any(one is None for one in found) else sum(one or 0 for one in found)
