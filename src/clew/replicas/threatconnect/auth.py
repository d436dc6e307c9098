"""Authentication as ThreatConnect checks it: HMAC over the raw request target, or a token."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from clew.replicas.behaviour import Handler

CREDENTIALS = {"access_id": "13371337", "secret_key": "replica-secret"}
TOKEN = "SVC:8:replica:token"  # noqa: S105
"""Accepted in place of the pair."""
CLOCK_S_MAX = 300
"""How far a request's time may be from ours, in seconds."""


def signature_middleware(now: Callable[[], datetime]) -> Any:
    """The middleware that refuses what is not signed."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        refusal = refusal_of(request, now())
        if refusal:
            failed = {"status": "Failure" if "/v2/" in request.path else "Error"}
            return web.json_response({**failed, "message": refusal}, status=401)
        return await handler(request)

    return check


def refusal_of(request: web.Request, now: datetime) -> str:
    """Why the request is refused; empty where it is not."""
    header = request.headers.get("Authorization", "")
    if header.startswith("TC-Token "):
        good = hmac.compare_digest(header.removeprefix("TC-Token ").encode(), TOKEN.encode())
        return "" if good else "Unauthorized: token is expired or unknown"
    access_id, _, signature = header.removeprefix("TC ").partition(":")
    if not header.startswith("TC ") or access_id != CREDENTIALS["access_id"]:
        return "Access Denied"
    timestamp = request.headers.get("Timestamp", "")
    if not (timestamp.isdecimal() and len(timestamp) < 12):
        return "Timestamp is missing or no number"
    if abs(now.timestamp() - int(timestamp)) > CLOCK_S_MAX:
        return "Timestamp out of acceptable time range"
    # The raw target, byte for byte: a client that encodes the query anew after signing fails.
    message = f"{request.raw_path}:{request.method.upper()}:{timestamp}".encode()
    digest = hmac.new(CREDENTIALS["secret_key"].encode(), message, hashlib.sha256).digest()
    good = hmac.compare_digest(signature.encode(), base64.b64encode(digest))
    return "" if good else "Signature data did not match expected result"
