"""Prices that vendors quote before they sell."""

from __future__ import annotations

from dataclasses import replace

from clew.engine.api import Asks, TaskApi
from clew.engine.plan import Plan
from clew.transform.contract import Quote

QUOTES_MAX = 200
"""Most values that a price is asked for."""


async def quotes(made: Plan, asker: Asks) -> Plan:
    """The plan with the vendor's price for each look-up that is not kept already."""
    quoter = made.transform.quoter
    told: dict[str, Quote] = {}
    if quoter is not None:
        for ask in [ask for ask in made.asks if not ask.cached][:QUOTES_MAX]:
            told[ask.value] = await quoter(ask.value, TaskApi(asker), **made.settings)
    return replace(made, quotes=told)
