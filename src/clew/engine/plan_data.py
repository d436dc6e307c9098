"""A plan as plain data, for the command line and the service."""

from __future__ import annotations

from typing import Any

from clew.engine.plan import Plan
from clew.transform.contract import HIDDEN


def plan_data(made: Plan) -> dict[str, Any]:
    """A plan as dictionaries, lists and scalars; fit for JSON. Values of keys are not in it."""
    settings = {
        name: HIDDEN if value and name in made.secrets else value
        for name, value in made.settings.items()
    }
    return {
        "transform": made.transform.id, "settings": settings, "inputs": made.inputs,
        "asks": [str(one.value) for one in made.lookups], "cached": made.cached,
        "calls": made.calls,
        "credits": made.credits, "unit": made.transform.cost.unit,
        "per": made.transform.cost.per, "contact": made.contact.value,
        "leaves": made.leaves, "route": made.route, "expected": made.expected,
        "allowance": made.allowance,
        "quote_fault": made.quote_fault,
        "quotes": {value: {"credits": quote.credits, "expected": quote.expected,
                           "unit": quote.unit, "helps": quote.helps}
                   for value, quote in made.quotes.items()},
        "held_back": [{"value": str(one.value), "reason": one.reason} for one in made.skipped],
    }  # fmt: skip
