"""Which domains an e-mail registered: bought, so quoted first and never bought twice blindly."""

from __future__ import annotations

from typing import Literal

from clew.providers.domaintools import PROVIDER
from clew.schema.types import DomainName, EmailAddress
from clew.transform.contract import Api, Cost, Quote, transform
from clew.transform.finding import Cut, Findings, LinkFinding

Scope = Literal["historic", "current"]
REPORT_CREDITS = 1
"""What a report counts for at least: a cost of 0 is told of reports that are not free."""


@transform(
    PROVIDER,
    link="registered-by",
    cost=Cost(credits=REPORT_CREDITS, unit="report", per="report", quoted=True),
    expects=10,
)
async def email_to_domains(
    email: EmailAddress, api: Api, *, scope: Scope = "historic"
) -> Findings[DomainName]:
    """Domains that an e-mail ever registered, or registers now; names without dates."""
    answer = await api.get(
        "v1/reverse-whois/", purchase=True, terms=email, scope=scope, mode="purchase"
    )
    names = answer.listed_texts("domains")
    for domain in names:
        # The report tells no date: the link stays undated until whois history places it.
        yield LinkFinding(DomainName, domain, reverse=True)
    total = answer.row("domain_count").integer(scope)
    if total is not None and total > len(names):
        yield Cut("the report names fewer than it counts", len(names), total)


@email_to_domains.quote
async def price(email: EmailAddress, api: Api, *, scope: Scope = "historic") -> Quote:
    """What the report costs and how many domains it holds."""
    answer = await api.get("v1/reverse-whois/", terms=email, scope=scope, mode="quote")
    cost = answer.row("report_cost").number(scope)
    price = answer.row("report_price").label(scope) or "not told"
    return Quote(
        credits=max(cost or 0.0, float(REPORT_CREDITS)),
        unit="report",
        expected=answer.row("domain_count").integer(scope),
        helps=f"list price {price}" + ("" if cost else ", cost not told"),
    )
