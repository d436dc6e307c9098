"""What is left of a run that goes on, and what it may still spend."""

from __future__ import annotations

from abc import ABC, abstractmethod

from clew.engine.budget import Budget, Meter
from clew.engine.quota import grant_of
from clew.engine.run import summary
from clew.store.runs import Run
from clew.transform.registry import Registry
from clew.workbench.case_terms import CaseTerms


class RunRest(CaseTerms, ABC):
    """The rest of runs, for a workbench that has a case, settings and providers."""

    @property
    @abstractmethod
    def registry(self) -> Registry:
        """Providers and transforms that can be asked now, those that the user declared too."""

    def budget_of(self, run: Run) -> Budget:
        """What a run that goes on may spend: what this user granted it, and it has not spent."""
        left = grant_of(self.settings, run.id) - summary(self.case, run).credits
        return Budget(None, max(0.0, left))

    def credits_left(self, run: Run) -> float:
        """About what the look-ups that are left of a run cost, as their transform declares it."""
        transform = self.registry.transform(run.transform)
        return summary(self.case, run).left * transform.cost.estimate(transform.expects)

    def admit_rest(self, run: Run, meter: Meter) -> None:
        """Raises OverBudget where *meter* lets none of the paid look-ups go on that are left."""
        left = self.credits_left(run)
        if left:
            meter.require_credits(run.transform, left, self.registry.transform(run.transform).cost)
