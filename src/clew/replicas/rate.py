"""A rate limit that a replica keeps, as a middleware."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from clew.replicas.behaviour import Handler


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most *requests* within *per_s* seconds; more get 429."""

    requests: int
    per_s: float = 60.0
    tells: bool = True
    """True to say in ``Retry-After`` when to come back."""


def rate_limit_middleware(rate: RateLimit) -> Any:
    """The middleware that keeps *rate*."""
    times: deque[float] = deque()

    @web.middleware
    async def keep(request: web.Request, handler: Handler) -> web.StreamResponse:
        at = time.monotonic()
        while times and at - times[0] >= rate.per_s:
            times.popleft()
        if len(times) >= rate.requests:
            wait_s = max(1, math.ceil(rate.per_s - (at - times[0]))) if times else 1
            headers = {"Retry-After": str(wait_s)} if rate.tells else {}
            return web.json_response(
                {"message": "rate limit exceeded"}, status=429, headers=headers
            )
        times.append(at)
        return await handler(request)

    return keep
