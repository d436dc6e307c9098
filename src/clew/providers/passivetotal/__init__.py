"""PassiveTotal (RiskIQ), API v2: retired; for replicas, private gateways and saved replies."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from clew.errors import ProviderLimited
from clew.transform.answer import json_answer
from clew.transform.pager import rows_of
from clew.transform.provider import Account, Key, Keys, Provider, Rate
from clew.transform.request import Reply, Request
from clew.transform.row import Row


def sign(request: Request, keys: Keys, now: datetime) -> Request:  # noqa: ARG001
    """HTTP Basic: the account's e-mail and the API key."""
    pair = f"{keys.get('user', '')}:{keys.get('key', '')}".encode()
    return request.with_headers(Authorization=f"Basic {base64.b64encode(pair).decode()}")


def read(reply: Reply) -> Row:
    """The answer; a used-up quota comes with different codes and is known by its words."""
    if reply.status >= 400 and "quota" in reply.text[:2000].lower():
        raise ProviderLimited(
            "PassiveTotal", "says the quota is used up", status=reply.status, quota=True
        )
    return json_answer("PassiveTotal", reply)


def vendor_day(text: str) -> str | None:
    """
    The day of a vendor's time.

    Its times carry no zone, and two fields of one body differ by seven hours: nothing below a day
    is evidence.
    """
    return text[:10] or None


async def check(api: Any) -> str:
    """Whose key it is, by a question that costs nothing."""
    await api.get("account/quota")
    return "the key is taken"


async def account(api: Any) -> tuple[Account, ...]:
    """Queries used and allowed, of the user and of the organisation."""
    answer = await api.get("account/quota")
    found = []
    for whose in ("user", "organization"):
        row = answer.row(whose)
        used = row.row("counts").integer("search_api")
        limit = row.row("limits").integer("search_api")
        if used is not None or limit is not None:
            unit = f"queries of the {whose}"
            found.append(Account(used, limit, unit, row.text("quotaInterval")))
    return tuple(found)


PROVIDER = Provider(
    name="passivetotal",
    label="PassiveTotal (RiskIQ)",
    about=(
        "Passive DNS, whois, certificates, trackers and host details. Retired: its public service "
        "was shut in 2025. It answers from replicas, private gateways and saved replies; "
        "configure Defender TI (defender-ti) for live data."
    ),
    base_url="https://api.passivetotal.org/v2",
    keys=(Key("user", "account e-mail", secret=False), Key("key", "API key")),
    sign=sign,
    read=read,
    pager=rows_of("results", total=("totalRecords",)),
    rate=Rate(concurrency=4),
    status="retired",
    successor="defender-ti",
    check=check,
    account=account,
    docs="docs/reference/providers/passivetotal.md",
)
