"""What a playbook would do before anything runs: each look-up's price, and what leaves to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from clew.analysis.lookups import LookupHistory, lookup_history
from clew.errors import ClewError, UnknownName
from clew.playbook.case_access import CaseAccess
from clew.playbook.format import Playbook, PlaybookFault, PlaybookStep
from clew.playbook.references import settings_of, substitute, text_list


@dataclass(frozen=True, slots=True)
class ForecastLine:
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
        text = f"{'  ' * self.depth}{self.title}: {many} look-ups at {self.provider}{price}"
        return f"{text}; {self.leaves}" + (
            f"; CAN'T BE ASKED: {self.refused}" if self.refused else ""
        )


@dataclass(frozen=True, slots=True)
class Forecast:
    """The whole tree of a playbook's look-ups."""

    lines: tuple[ForecastLine, ...]
    files: tuple[str, ...] = ()
    """What its steps write beside the investigation's file: name and format."""

    @property
    def leaves(self) -> bool:
        """Whether anybody but this machine itself would be asked."""
        return any(line.contact for line in self.lines)

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
                {name: getattr(line, name) for name in ForecastLine.__dataclass_fields__}
                for line in self.lines
            ],
            "calls": self.calls,
            "credits": self.credits,
            "unknown": self.unknown,
            "files": list(self.files),
        }


def forecast(playbook: Playbook, parameters: Mapping[str, Any], case: CaseAccess) -> Forecast:
    """
    What a playbook would ask, with numbers where something is known.

    Inputs of a step are those that values, and what transforms brought here so far, let expect;
    a selection is counted as all that it selects from, so numbers are upper ones.

    Raises:
        PlaybookFault: A transform does not exist; names the step and its line.
    """
    settings = settings_of(playbook, parameters)
    past = lookup_history(case.state)
    forecaster = _Forecaster(playbook, settings, case, past)
    return Forecast(tuple(forecaster.lines(playbook.steps, 0)), tuple(_files(playbook, settings)))


def _files(playbook: Playbook, settings: Mapping[str, Any]) -> Iterator[str]:
    for step in playbook.every_step():
        if step.kind == "export" and isinstance(step.arguments, Mapping):
            name, form = (str(step.arguments.get(part, "?")) for part in ("name", "as"))
            # What names what an earlier step gives stays as it is written.
            with suppress(UnknownName):
                name = str(substitute(name, settings))
            yield f"{name} ({form})"


@dataclass(slots=True)
class _Forecaster:
    playbook: Playbook
    settings: Mapping[str, Any]
    case: CaseAccess
    past: LookupHistory
    sizes: dict[str, float | None] = field(default_factory=dict)
    """About how many entities each step gives."""

    def lines(self, steps: Iterable[PlaybookStep], depth: int) -> Iterator[ForecastLine]:
        for step in steps:
            if step.inner:
                yield from self.lines(step.inner, depth + 1)
            if step.kind == "transform":
                yield self._line(step, depth)
            else:
                self.sizes[step.id] = self._size(step)

    def _line(self, step: PlaybookStep, depth: int) -> ForecastLine:
        try:
            ask = self.case.forecast_lookup(str(step.arguments))
        except ClewError as error:
            raise PlaybookFault(
                self.playbook.name, f"step {step.id}: {error.what.rstrip('.')}", line=step.line,
                helps=error.helps,
            ) from error  # fmt: skip
        inputs = _sum(step.options.get("inputs"), self.sizes)
        gain = self.past.gains.get(str(step.arguments), ask.expects)
        self.sizes[step.id] = None if inputs is None or gain is None else inputs * gain
        kinds = ", ".join(sorted(ask.takes)) or "values"
        leaves = "nothing leaves this machine"
        if ask.contact:
            leaves = f"{kinds} to {ask.provider} (contact class {ask.contact})"
        return ForecastLine(
            step.id, step.title, depth, str(step.arguments), ask.provider, ask.contact, inputs,
            None if inputs is None else inputs * ask.calls,
            None if inputs is None else inputs * ask.credits, leaves, ask.refused,
        )  # fmt: skip

    def _size(self, step: PlaybookStep) -> float | None:
        arguments = step.arguments
        if not isinstance(arguments, Mapping):
            return None
        match step.kind:
            case "add" if "values" in arguments:
                try:
                    return float(len(text_list(substitute(arguments["values"], self.settings))))
                except UnknownName:
                    return None
            case "add":
                return 1.0
            case "select" | "rank" if "from" in arguments:
                return _sum(arguments["from"], self.sizes)
            case _:
                return None


def _sum(names: Any, sizes: Mapping[str, float | None]) -> float | None:
    chosen = names if isinstance(names, list) else [names]
    found = [sizes.get(str(name)) for name in chosen]
    return None if any(one is None for one in found) else sum(one or 0 for one in found)
