"""ThreatGRID, now Cisco Secure Malware Analytics, API v2."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from clew.transform.answer import json_answer
from clew.transform.pager import offset_pager
from clew.transform.provider import Account, Key, Keys, Provider, Rate
from clew.transform.request import Reply, Request
from clew.transform.row import Row

PAGE_ROWS = 100


def sign(request: Request, keys: Keys, now: datetime) -> Request:  # noqa: ARG001
    """The key as a bearer header, which keeps it out of URLs and logs."""
    return request.with_headers(Authorization=f"bearer {keys.get('api_key', '')}")


def read(reply: Reply) -> Row:
    """The answer; an unknown sample, or one that is not analysed yet, is nothing known."""
    return json_answer("ThreatGRID", reply, message=lambda row: row.row("error").text("message"))


async def check(api: Any) -> str:
    """Whose key it is."""
    who = (await api.get("v3/session/whoami")).row("data")
    return who.text("login") or who.text("name") or "a user"


async def account(api: Any) -> tuple[Account, ...]:
    """What is left of the submissions; reads are not counted."""
    login = await check(api)
    limits = (await api.get(("v3", "users", login, "rate-limit"))).row("data")
    found = []
    # Where the user has no limit of its own, the organisation's counts.
    for whose in ("user", "organization"):
        for rate in limits.row(whose).rows("submission-rate-limit"):
            limit, left = rate.integer("samples"), rate.integer("submissions-available")
            used = None if limit is None or left is None else limit - left
            period = f"{rate.integer('minutes') or '?'} minutes"
            found.append(Account(used, limit, f"submissions of the {whose}", period))
    return tuple(found)


PROVIDER = Provider(
    name="threatgrid",
    label="ThreatGRID (Cisco Secure Malware Analytics)",
    about=(
        "Sandbox runs of malware: network traffic, files, registry, mutexes, behaviour. Renamed "
        "Cisco Secure Malware Analytics; hosts and keys did not change. Paid, reads not counted."
    ),
    base_url="https://panacea.threatgrid.com/api",
    keys=(Key("api_key", "API key"),),
    sign=sign,
    read=read,
    pager=offset_pager(
        ("data", "items"), offset="offset", size="limit", size_default=PAGE_ROWS,
        total=("data", "total"),
    ),
    rate=Rate(concurrency=4),
    status="renamed",
    check=check,
    account=account,
    docs="docs/reference/providers/threatgrid.md",
)  # fmt: skip
