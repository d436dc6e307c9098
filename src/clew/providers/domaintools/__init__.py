"""DomainTools, the classic lookups of API v1."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from clew.errors import BadReply, KeyRefused, ProviderLimited, TooMuch
from clew.transform.answer import json_answer
from clew.transform.provider import Account, Key, Keys, Provider, Rate
from clew.transform.request import Reply, Request
from clew.transform.row import Row

LABEL = "DomainTools"
PAGE_ROWS = 100


def sign(request: Request, keys: Keys, now: datetime) -> Request:
    """
    HMAC-SHA256 over user name, timestamp and path, or the plain key in a header.

    The path is signed as called, trailing slash included, without the query.
    """
    key = keys.get("key", "")
    if keys.get("signing") == "header":
        return request.with_headers(X_Api_Key=key)
    user, stamp = keys.get("username", ""), f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    message = f"{user}{stamp}{urlsplit(request.url).path}".encode()
    signature = hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
    return request.with_query(
        (("api_username", user), ("timestamp", stamp), ("signature", signature))
    )


def read(reply: Reply) -> Row:
    """The ``response``; one code, 503, has three meanings that only its words tell apart."""
    words = reply.text[:2000].lower()
    if reply.status == 503 and "exceeds the maximum" in words:
        raise TooMuch(
            LABEL, "says the report would be too large", status=503,
            helps="Add a term, or ask for something rarer.",
        )  # fmt: skip
    if reply.status == 503 and "rate limit" in words:
        raise ProviderLimited(LABEL, "asks to slow down", status=503)
    if reply.status == 403 and "credentials" in words:
        raise KeyRefused(LABEL, "refused the key", status=403)
    answer = json_answer(LABEL, reply, message=lambda row: row.row("error").text("message"))
    if answer and "response" not in answer:
        raise BadReply(LABEL, "answered without the member 'response'", status=reply.status)
    return answer.row("response")


async def check(api: Any) -> str:
    """Whose key it is."""
    row = (await api.get("v1/account")).row("account")
    return row.text("api_username") or "the key is taken"


async def account(api: Any) -> tuple[Account, ...]:
    """Use and limit of each product; all of them are texts or missing on the wire."""
    answer = await api.get("v1/account")
    return tuple(
        Account(
            product.row("usage").integer("month"),
            product.integer("per_month_limit"),
            product.text("id"),
            "month",
        )
        for product in answer.rows("products")
    )


PROVIDER = Provider(
    name="domaintools",
    label=LABEL,
    about=(
        "Whois now and in the past, who registered what, hosting history, reverse IP and name "
        "server. Paid per product; reverse whois is bought per report, whois history counts per "
        "record."
    ),
    base_url="https://api.domaintools.com",
    keys=(
        Key("username", "API user name", secret=False),
        Key("key", "API key"),
        Key("signing", "way of signing", secret=False, required=False,
            helps="header sends the plain key in a header; else requests are signed."),
    ),
    sign=sign,
    read=read,
    rate=Rate(concurrency=2, per_minute=None),
    check=check,
    account=account,
    docs="docs/reference/providers/domaintools.md",
)  # fmt: skip
