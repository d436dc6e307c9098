"""Where a playbook stops: its bounds, and questions that a person must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from clew.errors import ClewError, InvalidValue, OverBudget
from clew.playbook.format import Playbook
from clew.playbook.references import substitute


class AnswerNeeded(ClewError):
    """A step asks a person; run again with the answer."""

    def __init__(self, step: str, text: str, choices: tuple[str, ...] = ()) -> None:
        helps = (
            f"Answer with one of: {', '.join(choices)}." if choices else "Play on with an answer."
        )
        super().__init__(f"Step {step} asks: {text}", helps=helps)
        self.step = step
        self.text = text
        self.choices = choices


@dataclass(slots=True)
class PlaybookBounds:
    """What a whole run of a playbook may still spend; None is no bound."""

    calls: int | None = None
    credits: float | None = None
    entities: int | None = None

    @classmethod
    def of(cls, playbook: Playbook, settings: Mapping[str, Any]) -> Self:
        """The bounds of a playbook, parameters put in; raises InvalidValue."""
        bounds = substitute(dict(playbook.stop), settings)
        found: dict[str, float] = {}
        for name, value in bounds.items():
            if value in (None, ""):
                continue
            try:
                found[name] = float(value)
            except (TypeError, ValueError) as error:
                raise InvalidValue("bound", value, f"stop.{name} is no number") from error
        return cls(
            calls=None if "calls" not in found else int(found["calls"]),
            credits=found.get("credits"),
            entities=None if "entities" not in found else int(found["entities"]),
        )

    def grant(self, calls: int | None, credits: float) -> None:
        """Bound by what the caller grants too; None grants any number of calls."""
        if calls is not None:
            self.calls = calls if self.calls is None else min(self.calls, calls)
        self.credits = credits if self.credits is None else min(self.credits, credits)

    def spend(self, calls: int, credits: float) -> None:
        """Take off what a step cost."""
        if self.calls is not None:
            self.calls = max(0, self.calls - calls)
        if self.credits is not None:
            self.credits = max(0.0, self.credits - credits)

    def check_size(self, entities: int) -> None:
        """Raises OverBudget where the investigation has grown over its bound."""
        if self.entities is not None and entities > self.entities:
            raise OverBudget(
                f"The investigation holds {entities} entities, and the playbook stops at "
                f"{self.entities}.",
                helps="What was found stays; narrow it, or raise stop.entities.",
            )
