"""Defender Threat Intelligence through Microsoft Graph: what followed PassiveTotal."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from clew.errors import NotEntitled
from clew.transform.answer import json_answer
from clew.transform.provider import Key, Keys, Page, Provider, Rate, TokenExchange
from clew.transform.request import Reply, Request
from clew.transform.row import Row

LABEL = "Defender TI"
SCOPE = "https://graph.microsoft.com/.default"


def sign(request: Request, keys: Keys, now: datetime) -> Request:  # noqa: ARG001
    """The bearer token that the keys were traded for."""
    return request.with_headers(Authorization=f"Bearer {keys.get('token', '')}")


def read(reply: Reply) -> Row:
    """The answer; 404 is a host that is not known, 403 mostly a licence that is missing."""
    if reply.status == 403:
        raise NotEntitled(
            LABEL, "does not allow this", status=403,
            helps="The application needs ThreatIntelligence.Read.All, and the tenant a licence.",
        )  # fmt: skip
    return json_answer(LABEL, reply, message=lambda row: row.row("error").text("message"))


def pager(request: Request, answer: Row, so_far: int) -> Page:  # noqa: ARG001
    """Follows ``@odata.nextLink`` as it is; the engine holds it to the provider's own host."""
    link = answer.text("@odata.nextLink")
    following = Request(request.method, link, request.headers) if link else None
    rows = answer.listed("value") if answer else ()
    return Page(rows, following, answer.integer("@odata.count"))


def _token_request(keys: Keys, base_url: str) -> Request:
    form = {
        "grant_type": "client_credentials", "client_id": keys.get("client_id", ""),
        "client_secret": keys.get("client_secret", ""), "scope": SCOPE,
    }  # fmt: skip
    url = f"{base_url.rstrip('/')}/{keys.get('tenant', '')}/oauth2/v2.0/token"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return Request("POST", url, headers, urlencode(form).encode())


def _token(answer: Row) -> tuple[str, int]:
    return answer.text("access_token"), answer.integer("expires_in") or 300


PROVIDER = Provider(
    name="defender-ti",
    label=LABEL,
    about=(
        "Passive DNS both ways, whois with history, host pairs, components, trackers, reputation. "
        "The living successor of PassiveTotal, asked through Microsoft Graph; needs a licence. "
        "Rows name no sensor, and no answer tells a sinkhole."
    ),
    base_url="https://graph.microsoft.com/v1.0/security/threatIntelligence",
    keys=(
        Key("tenant", "tenant id", secret=False),
        Key("client_id", "client id", secret=False),
        Key("client_secret", "client secret"),
    ),
    sign=sign,
    token=TokenExchange(_token_request, _token, "https://login.microsoftonline.com"),
    read=read,
    pager=pager,
    rate=Rate(concurrency=4),
    lineage="riskiq",
    docs="docs/reference/providers/defender-ti.md",
)
