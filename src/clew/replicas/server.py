"""All replicas of a scenario on loopback, in one background thread."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType, TracebackType
from typing import Self

from aiohttp import web

from clew.errors import UnknownName
from clew.replicas.behaviour import Misbehaviour, RecordedRequest, ReplicaBehaviour
from clew.replicas.behaviour import parse_misbehaviour as parse_misbehaviour
from clew.replicas.mischief import middleware
from clew.replicas.rate import RateLimit, rate_limit_middleware
from clew.replicas.scenario import Scenario

REPLICAS = {
    "threatconnect": "threatconnect",
    "threatgrid": "threatgrid",
    "passivetotal": "passivetotal",
    "defender-ti": "defender_ti",
    "domaintools": "domaintools",
}
"""Module below ``clew.replicas`` by provider. Each has PROVIDER, BASE_PATH, CREDENTIALS and
``application(scenario, *, now)``; TOKEN_PATH too where keys are traded for a token, and
``bill(request, answer)`` where something is paid for."""
LINE_BYTES_MAX = 32 * 1024
"""Longest request line that is taken, in bytes; hostile values make long queries."""
START_S = STOP_S = 30.0


class ReplicaServer:
    """Replicas that answer while the context is open."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        only: Iterable[str] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        rates: Mapping[str, RateLimit] | None = None,
    ) -> None:
        """
        Args:
            scenario: The facts that they answer from.
            only: Providers to start; all that exist where None.
            now: The clock that signatures are checked against.
            rates: The rate limit of a provider; none where missing.
        """
        wanted = tuple(REPLICAS) if only is None else tuple(only)
        for provider in wanted:
            if provider not in REPLICAS:
                raise UnknownName("replica", provider, known=tuple(REPLICAS))
        self._scenario, self._now, self._rates = scenario, now, dict(rates or {})
        self._modules: dict[str, ModuleType] = {
            provider: import_module(f"clew.replicas.{REPLICAS[provider]}")
            for provider in wanted
            if only is not None or find_spec(f"clew.replicas.{REPLICAS[provider]}") is not None
        }
        self._behaviours: dict[str, ReplicaBehaviour] = {}
        self._runners: list[web.AppRunner] = []
        self.origins: dict[str, str] = {}
        """``http://127.0.0.1:port`` by provider."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="clew-replicas", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(START_S)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End all replicas and their thread; connections that still hang are closed."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(STOP_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_S)
        self._loop.close()

    @property
    def urls(self) -> dict[str, str]:
        """The base URL of each provider's API."""
        return {name: f"{self.origins[name]}{it.BASE_PATH}" for name, it in self._modules.items()}

    @property
    def credentials(self) -> dict[str, dict[str, str]]:
        """The keys that each replica accepts."""
        return {name: dict(module.CREDENTIALS) for name, module in self._modules.items()}

    def settings(self, provider: str | None = None) -> dict[str, str]:
        """The CLEW_* settings with which a client asks one replica, or all."""
        found: dict[str, str] = {}
        for name, module in self._modules.items():
            if provider not in (None, name):
                continue
            stem = f"CLEW_{name}".upper().replace("-", "_")
            found[f"{stem}_URL"] = self.urls[name]
            if getattr(module, "TOKEN_PATH", None) is not None:
                found[f"{stem}_TOKEN_URL"] = f"{self.origins[name]}{module.TOKEN_PATH}"
            for key, value in module.CREDENTIALS.items():
                found[f"{stem}_{key.upper()}"] = value
        return found

    def behave(self, provider: str, *wrong: Misbehaviour) -> None:
        """What goes wrong from now on, in place of what was told before; nothing clears it."""
        self._behaviour(provider).tell(list(wrong))

    def requests(self, provider: str) -> list[RecordedRequest]:
        """Method, target and headers of the latest requests, secrets starred."""
        return list(self._behaviour(provider).requests)

    def received(self, provider: str) -> int:
        """How many requests came in all."""
        return self._behaviour(provider).received

    def sold(self, provider: str) -> int:
        """Paid units that the vendor would have billed, in its own unit of each product."""
        return self._behaviour(provider).sold

    def _behaviour(self, provider: str) -> ReplicaBehaviour:
        if provider not in self._behaviours:
            raise UnknownName("replica", provider, known=tuple(self._behaviours))
        return self._behaviours[provider]

    async def _start(self) -> None:
        for provider, module in self._modules.items():
            behaviour = self._behaviours[provider] = ReplicaBehaviour()
            application: web.Application = module.application(self._scenario, now=self._now)
            if provider in self._rates:
                application.middlewares.insert(0, rate_limit_middleware(self._rates[provider]))
            application.middlewares.insert(0, middleware(behaviour, getattr(module, "bill", None)))
            runner = web.AppRunner(
                application,
                access_log=None,
                shutdown_timeout=0.1,
                handler_cancellation=True,
                max_line_size=LINE_BYTES_MAX,
                max_field_size=LINE_BYTES_MAX,
            )
            await runner.setup()
            self._runners.append(runner)
            listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            listening.bind(("127.0.0.1", 0))
            self.origins[provider] = f"http://127.0.0.1:{listening.getsockname()[1]}"
            await web.SockSite(runner, listening).start()

    async def _stop(self) -> None:
        for behaviour in self._behaviours.values():
            behaviour.stopping.set()
        for runner in self._runners:
            await runner.cleanup()
        # Handlers that were cancelled in the clean-up get their turn to end.
        await asyncio.sleep(0)


def serve_replicas(
    scenario: Scenario,
    *,
    only: Iterable[str] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    rates: Mapping[str, RateLimit] | None = None,
) -> ReplicaServer:
    """The replicas as a context: ``with serve_replicas(scenario) as server:``."""
    return ReplicaServer(scenario, only=only, now=now, rates=rates)
