"""Prices that vendors quote before they sell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clew.engine.api import Requester, TaskApi
from clew.engine.budget import LookupMeter, Meter, Price, Pricing
from clew.engine.plan import Plan
from clew.errors import BadReply, ProviderFault
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
                quote = await _quote(transform, value, settings, requester, asking)
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
    if made.transform.quoter is None:
        return made
    asked = [one for one in made.lookups if not one.cached][:QUOTES_MAX]
    if asked:
        meter.admit_quotes(made, len(asked))
    found: dict[str, Quote] = {}
    fault = ""
    for lookup in asked:
        try:
            found[lookup.value] = await _quote(
                made.transform, lookup.value, made.settings, requester, LookupMeter(meter)
            )
        except ProviderFault as error:
            if made.transform.cost.quoted:
                raise
            fault = error.what
            break
    return replace(made, quotes=found, quote_fault=fault)


async def _quote(
    transform: Transform,
    value: Value,
    settings: Mapping[str, Any],
    requester: Requester,
    meter: LookupMeter,
) -> Quote:
    """What the vendor quotes; raises BadReply where it is no whole answer to that question."""
    assert transform.quoter is not None, "the vendor is asked for a price"
    api = TaskApi(requester, meter=meter)
    quote: Quote = await transform.quoter(value, api, **settings)
    wrong = [what for row in api.rows for what in row.problems]
    if api.moved:
        wrong.append("it came from another path than was asked")
    if wrong:
        raise BadReply(
            transform.provider.label, f"told no price that can be relied on: {wrong[0]}",
            helps="What it would cost is not known, so it was not asked for.",
        )  # fmt: skip
    return quote
