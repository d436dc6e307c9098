"""ThreatConnect, API v3 (v2 where v3 lacks it)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any

from clew.transform.answer import json_answer
from clew.transform.pager import replace_query
from clew.transform.provider import Key, Keys, Page, Provider, Rate
from clew.transform.request import Reply, Request
from clew.transform.row import Row


def sign(request: Request, keys: Keys, now: datetime) -> Request:
    """
    HMAC over path with query, method and time, or a token where one is configured.

    Source:
        ThreatConnect developer documentation, "Using HMAC authentication".
    """
    if token := keys.get("token"):
        return request.with_headers(Authorization=f"TC-Token {token}")
    timestamp = str(int(now.timestamp()))
    message = f"{request.path}:{request.method}:{timestamp}".encode()
    secret = keys["secret_key"].encode()
    digest = base64.b64encode(hmac.new(secret, message, hashlib.sha256).digest()).decode()
    return request.with_headers(
        Timestamp=timestamp, Authorization=f"TC {keys['access_id']}:{digest}"
    )


def read(reply: Reply) -> Row:
    """The answer; a valid list without members is an answer, and so is an unknown object."""
    return json_answer("ThreatConnect", reply, no_data=(404,))


def pager(request: Request, answer: Row, so_far: int) -> Page:
    """Pages by ``resultStart``; the first page alone tells the total."""
    rows = answer.listed("data") if answer else ()
    more = bool(answer.text("next")) and bool(rows)
    following = replace_query(request, resultStart=so_far + len(rows)) if more else None
    return Page(rows, following, answer.integer("count"))


async def check(api: Any) -> str:
    """Whose key it is."""
    user = (await api.get("v2/whoami")).row("data").row("user")
    name = f"{user.text('firstName')} {user.text('lastName')}".strip()
    return user.text("pseudonym") or name or user.text("userName") or "an API user"


PROVIDER = Provider(
    name="threatconnect",
    label="ThreatConnect",
    about=(
        "Incidents, indicators and their associations from your organisation, communities and "
        "sources. Paid; each customer has an instance of its own, whose address is a setting. "
        "Reads are not counted. What is asked is seen by the instance's operator."
    ),
    base_url="https://app.threatconnect.com/api",
    keys=(
        Key("access_id", "access id", secret=False, required=False),
        Key("secret_key", "secret key", required=False),
        Key("token", "API token", required=False, helps="Instead of access id and secret key."),
    ),
    key_sets=(("token",), ("access_id", "secret_key")),
    sign=sign,
    read=read,
    pager=pager,
    check=check,
    rate=Rate(concurrency=4),
    docs="docs/reference/providers/threatconnect.md",
)
