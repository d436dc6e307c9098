"""Registrants over time, from snapshots that tell when a change was seen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from itertools import zip_longest

from clew.errors import BadReply, InvalidValue
from clew.providers.domaintools import PAGE_ROWS, PROVIDER
from clew.schema.registered_domain import registered_name
from clew.schema.types import DomainName, EmailAddress
from clew.transform.contract import Api, Cost, Quote, transform
from clew.transform.finding import Findings, InState, LinkFinding, Sighting
from clew.transform.pager import offset_pager
from clew.transform.row import Row

HISTORY = offset_pager(
    ("history",), offset="offset", size="limit", size_default=PAGE_ROWS, total=("record_count",)
)
_EMAIL = re.compile(r"^\s*Registrant(?: Contact)? E-?mail:\s*(\S+@\S+)\s*$", re.I | re.M)
_NAME = re.compile(r"^\s*Registrant(?: Contact)? Name:\s*(.+?)\s*$", re.I | re.M)
RECORD_LENGTH_MAX = 100_000


async def _snapshots(domain: DomainName, api: Api) -> AsyncIterator[Row]:
    async for row in api.pages(
        ("v1", str(domain), "whois", "history"),
        pager=HISTORY,
        sort="date_desc",
        offset=0,
        limit=PAGE_ROWS,
    ):
        yield row


@transform(
    PROVIDER,
    link="registered-by",
    cost=Cost(credits=1, unit="whois record", per="row", page_rows=PAGE_ROWS, page_limit="limit"),
    narrow=registered_name,
    expects=4,
)
async def domain_to_registrants(domain: DomainName, api: Api) -> Findings[EmailAddress]:
    """Registrant e-mails that a domain ever had, each with the period in which it was seen."""
    rows = [row async for row in _snapshots(domain, api)]
    rows.sort(key=lambda row: row.text("date"))
    for row, following in zip_longest(rows, rows[1:]):
        # A snapshot holds until the next one was seen; the newest still holds.
        end = following.text("date") if following is not None else None
        seen = Sighting(row["date"], end, open=following is None)
        record = row.row("whois").text("record")[:RECORD_LENGTH_MAX]
        name = _NAME.search(record)
        for text in _EMAIL.findall(record):
            try:
                email = EmailAddress(text)
            except InvalidValue:
                continue
            facts = {"registrant_name": name[1] if name else ""}
            yield LinkFinding(EmailAddress, email, seen, facts=facts)
            if row.integer("is_private"):
                yield InState("privacy-registrant", of=email)


@domain_to_registrants.quote
async def count(domain: DomainName, api: Api) -> Quote:
    """How many records the history has, each of which is paid for; counting them is free."""
    answer = await api.get(("v1", str(domain), "whois", "history"), mode="count")
    records = answer.integer("record_count") if answer else 0
    if records is None:
        raise BadReply(
            PROVIDER.label, "counted no records of a whois history",
            helps="What it would cost is not known, so it was not asked for.",
        )  # fmt: skip
    return Quote(
        credits=max(0, records), unit="whois records", expected=max(0, records),
        helps="counted by the vendor",
    )  # fmt: skip
