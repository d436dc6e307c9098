"""Prices that vendors quote before they sell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clew.engine.api import Requester, TaskApi
from clew.engine.budget import LookupMeter, Meter
from clew.engine.plan import Plan
from clew.schema.value import Value
from clew.transform.contract import Quote, Transform

QUOTES_MAX = 200
"""Most values that a price is asked for."""


async def price_of(
    transform: Transform,
    value: Value,
    settings: Mapping[str, Any],
    requester: Requester,
    meter: Meter,
) -> float:
    """
    What a look-up counts for in *meter*: what was quoted, or else what is declared.

    A run that goes on in another process knows no quotes; where its credits are bounded, the
    vendor is asked again. Raises ProviderFault where it does not answer.
    """
    known = meter.prices.get(str(value))
    if known is not None:
        return known
    if transform.quoter is None or meter.budget.credits is None:
        return float(transform.cost.credits)
    api = TaskApi(requester, meter=LookupMeter(meter))
    quote: Quote = await transform.quoter(value, api, **settings)
    return quote.credits


async def quotes(made: Plan, requester: Requester, meter: Meter) -> Plan:
    """The plan with the vendor's price for each look-up that is not kept already."""
    quoter = made.transform.quoter
    found: dict[str, Quote] = {}
    if quoter is not None:
        for lookup in [one for one in made.lookups if not one.cached][:QUOTES_MAX]:
            api = TaskApi(requester, meter=LookupMeter(meter))
            found[lookup.value] = await quoter(lookup.value, api, **made.settings)
    return replace(made, quotes=found)
