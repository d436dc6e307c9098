"""Prices that vendors quote before they sell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clew.engine.api import Requester, TaskApi
from clew.engine.budget import LookupMeter, Meter, Price, Pricing
from clew.engine.plan import Plan
from clew.errors import ProviderFault
from clew.schema.value import Value
from clew.transform.contract import Quote, Transform

QUOTES_MAX = 200
"""Most values that a price is asked for."""


def pricing_of(
    transform: Transform,
    value: Value,
    settings: Mapping[str, Any],
    requester: Requester,
    meter: Meter,
) -> Pricing:
    """
    How a look-up's price is found: what was quoted in *meter*, or else what is declared.

    A run that goes on in another process knows no quotes; where its credits are bounded, the
    vendor is asked again, before the first question that is sent. What is asked so is counted as
    the look-up's; it raises ProviderFault where the vendor does not answer.
    """

    async def pricing(look_up: LookupMeter) -> Price:
        known = meter.prices.get((transform.id, str(value)))
        if known is None and transform.quoter is not None and meter.budget.credits is not None:
            # A price is asked for only where the question may follow, at one unit at least.
            meter.require(float(transform.cost.credits), calls=2)
            asking = LookupMeter(meter)
            try:
                quote: Quote = await transform.quoter(
                    value, TaskApi(requester, meter=asking), **settings
                )
            finally:
                look_up.count_asked(asking)
            known = quote.credits
        return Price.of(transform.cost, known)

    return pricing


async def quotes(made: Plan, requester: Requester, meter: Meter) -> Plan:
    """
    The plan with the vendor's price for each look-up that is not kept already.

    Where the vendor does not tell one, it is not asked further; the plan says so, and each look-up
    asks for its price again before it is sent. What is bought is not planned without its price:
    that raises ProviderFault.

    Raises:
        OverBudget: No answer would let the plan begin, so nothing was asked; or a further price
            may not be asked for.
    """
    quoter = made.transform.quoter
    asked = [one for one in made.lookups if not one.cached][:QUOTES_MAX]
    if quoter is not None and asked:
        meter.admit_quotes(made, len(asked))
    found: dict[str, Quote] = {}
    fault = ""
    if quoter is not None:
        for lookup in asked:
            api = TaskApi(requester, meter=LookupMeter(meter))
            try:
                found[lookup.value] = await quoter(lookup.value, api, **made.settings)
            except ProviderFault as error:
                if made.transform.cost.quoted:
                    raise
                fault = error.what
                break
    return replace(made, quotes=found, quote_fault=fault)
