"""A transform before it is used: what a look-up costs, who is asked, and whether that can be."""

from __future__ import annotations

from dataclasses import dataclass

from clew.analysis.pivots import PivotTransform
from clew.engine.readiness import readiness
from clew.engine.settings import Settings
from clew.transform.contract import Transform
from clew.transform.registry import Registry


@dataclass(frozen=True, slots=True)
class LookupForecast:
    """What one look-up of a transform would be."""

    title: str
    provider: str
    contact: int
    refused: str
    """Why it can't be asked as things are (a key, the contact limit); empty where it can."""
    calls: int
    credits: float
    takes: frozenset[str]
    """Names of entity types; empty takes any."""
    expects: int | None
    """Findings to expect, None where nothing is known."""


def forecast_lookup(transform: Transform, settings: Settings) -> LookupForecast:
    """What a look-up would be, by settings and keys; nothing is asked."""
    provider = transform.provider
    contact = settings.contact(provider)
    known = readiness(settings, provider)
    refused = f"{known.refused} {known.helps}".strip()
    return LookupForecast(
        transform.title,
        provider.label,
        int(contact),
        refused,
        0 if contact == 0 else transform.cost.calls,
        transform.cost.estimate(transform.expects),
        frozenset(kind.type.name for kind in transform.accepts),
        transform.expects,
    )


def pivot_transforms(registry: Registry, settings: Settings) -> list[PivotTransform]:
    """The transforms that can be asked as things are, for ranking (analysis/pivots.py)."""
    return [
        PivotTransform(
            one.id,
            frozenset(kind.type.name for kind in one.accepts),
            one.cost.estimate(one.expects),
            one.title,
            one.provider.label,
        )
        for _, one in sorted(registry.transforms.items())
        if not forecast_lookup(one, settings).refused
    ]
