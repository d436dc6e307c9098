"""What a playbook would do before anything runs: each look-up's price, and what leaves to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from clew.analysis.lookups import LookupHistory, lookup_history
from clew.engine.lookup_forecast import LookupForecast
from clew.errors import ClewError, UnknownName
from clew.playbook.case_access import CaseAccess
from clew.playbook.format import TIMES_MAX, Playbook, PlaybookFault, PlaybookStep
from clew.playbook.references import settings_of, substitute, text_list


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One step that asks somebody, in all rounds of the repeats in which it lies."""

    step: str
    title: str
    depth: int
    """In how many repeats it lies."""
    transform: str
    provider: str
    contact: int
    inputs: float | None
    """Look-ups in all rounds, at most or usually; None where nothing is known."""
    calls: float | None
    """Requests where each answer fits one page."""
    credits: float | None
    """Of all its look-ups; None where the number of inputs is not known."""
    leaves: str
    refused: str
    rounds: int = 1
    """How often it is asked at most."""
    at_most: bool = True
    """Whether *inputs* is a bound; else it rests on what look-ups usually bring."""

    def __str__(self) -> str:
        return f"{'  ' * self.depth}{self.title}: {self._many} look-ups{self._where}"

    @property
    def _many(self) -> str:
        if self.inputs is None:
            return "an unknown number of"
        return f"{'at most' if self.at_most else 'about'} {self.inputs:.0f}"

    @property
    def _where(self) -> str:
        rounds = f" in at most {self.rounds} rounds" if self.rounds > 1 else ""
        price = f", about {self.credits:g} credits" if self.credits else ""
        if self.credits is None:
            price = ", credits not known"
        refused = f"; CAN'T BE ASKED: {self.refused}" if self.refused else ""
        return f"{rounds} at {self.provider}{price}; {self.leaves}{refused}"


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
    def inputs(self) -> float:
        """Look-ups as far as they are known."""
        return sum(line.inputs or 0 for line in self.lines)

    @property
    def at_most(self) -> bool:
        """Whether there are no more look-ups than that."""
        return all(line.at_most and line.inputs is not None for line in self.lines)

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
            "inputs": self.inputs,
            "at_most": self.at_most,
            "calls": self.calls,
            "credits": self.credits,
            "unknown": self.unknown,
            "files": list(self.files),
        }


def forecast(playbook: Playbook, parameters: Mapping[str, Any], case: CaseAccess) -> Forecast:
    """
    What a playbook would ask, with numbers where something is known.

    Inputs of a step are those that values, and what transforms brought here so far, let expect.
    Numbers are upper ones: a selection is counted as all that it selects from, a repeat as all of
    its rounds, though it ends where nothing new comes. What rests on what look-ups usually bring
    is no bound, and says so.

    Raises:
        PlaybookFault: A transform does not exist; names the step and its line.
    """
    settings = settings_of(playbook, parameters)
    past = lookup_history(case.state)
    forecaster = _Forecaster(playbook, settings, case, past)
    forecaster.play(playbook.steps, 0, 1)
    return Forecast(tuple(forecaster.lines), tuple(_files(playbook, settings)))


def _files(playbook: Playbook, settings: Mapping[str, Any]) -> Iterator[str]:
    for step in playbook.every_step():
        if step.kind == "export" and isinstance(step.arguments, Mapping):
            name, form = (str(step.arguments.get(part, "?")) for part in ("name", "as"))
            # What names what an earlier step gives stays as it is written.
            with suppress(UnknownName):
                name = str(substitute(name, settings))
            yield f"{name} ({form})"


@dataclass(frozen=True, slots=True)
class _Size:
    """About how many entities a step gives; None where nothing is known."""

    number: float | None = None
    bound: bool = True
    """Whether there are no more."""


@dataclass(slots=True)
class _Forecaster:
    playbook: Playbook
    settings: Mapping[str, Any]
    case: CaseAccess
    past: LookupHistory
    sizes: dict[str, _Size] = field(default_factory=dict)
    lines: list[ForecastLine] = field(default_factory=list)
    look_ups: dict[str, LookupForecast] = field(default_factory=dict)
    """By transform."""

    def play(self, steps: Iterable[PlaybookStep], depth: int, times: int) -> None:
        """Add what steps ask that are played so often at most."""
        for step in steps:
            if step.kind == "repeat":
                # No step names a later one, so a round's sizes are those of the round before.
                self.play(step.inner, depth + 1, times * self._rounds(step))
            if step.kind == "transform":
                self._ask(step, depth, times)
            else:
                self.sizes[step.id] = self._size(step)

    def _rounds(self, step: PlaybookStep) -> int:
        try:
            times = int(substitute(step.arguments.get("times", TIMES_MAX), self.settings))
        except (UnknownName, TypeError, ValueError):
            return TIMES_MAX
        return max(0, min(times, TIMES_MAX))

    def _ask(self, step: PlaybookStep, depth: int, times: int) -> None:
        ask = self._look_up(step)
        size = _sum(step.options.get("inputs"), self.sizes)
        gain = self.past.gains.get(str(step.arguments), ask.expects)
        unknown = size.number is None or gain is None
        self.sizes[step.id] = _Size(None if unknown else (size.number or 0) * (gain or 0), False)
        kinds = ", ".join(sorted(ask.takes)) or "values"
        leaves = "nothing leaves this machine"
        if ask.contact:
            leaves = f"{kinds} to {ask.provider} (contact class {ask.contact})"
        inputs = None if size.number is None else size.number * times
        self.lines.append(
            ForecastLine(
                step.id, step.title, depth, str(step.arguments), ask.provider, ask.contact, inputs,
                None if inputs is None else inputs * ask.calls,
                None if inputs is None else inputs * ask.credits, leaves, ask.refused, times,
                size.bound,
            )
        )  # fmt: skip

    def _look_up(self, step: PlaybookStep) -> LookupForecast:
        name = str(step.arguments)
        try:
            if name not in self.look_ups:
                self.look_ups[name] = self.case.forecast_lookup(name)
        except ClewError as error:
            raise PlaybookFault(
                self.playbook.name, f"step {step.id}: {error.what.rstrip('.')}", line=step.line,
                helps=error.helps,
            ) from error  # fmt: skip
        return self.look_ups[name]

    def _size(self, step: PlaybookStep) -> _Size:
        arguments = step.arguments
        if not isinstance(arguments, Mapping):
            return _Size()
        match step.kind:
            case "add" if "values" in arguments:
                try:
                    values = text_list(substitute(arguments["values"], self.settings))
                except UnknownName:
                    return _Size()
                return _Size(float(len(values)))
            case "add":
                return _Size(1.0)
            # What links lead to can be any number.
            case "select" if "from" in arguments and "follow" not in arguments:
                found = _sum(arguments["from"], self.sizes)
                return _Size(found.number, found.bound and "nearest" not in arguments)
            case "rank" if "from" in arguments:
                return _sum(arguments["from"], self.sizes)
            case _:
                return _Size()


def _sum(names: Any, sizes: Mapping[str, _Size]) -> _Size:
    chosen = names if isinstance(names, list) else [names]
    found = [sizes.get(str(name), _Size()) for name in chosen]
    known = all(one.number is not None for one in found)
    number = sum(one.number or 0 for one in found) if known else None
    return _Size(number, all(one.bound for one in found))
