"""All replicas of a case on loopback, in one background thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType, TracebackType
from typing import Self

from aiohttp import web

from clew.errors import InvalidValue, UnknownName
from clew.replicas.behaviour import Behaviour, Misbehaviour, middleware
from clew.replicas.case import Case

MODULES = ("threatconnect", "threatgrid", "passivetotal", "defender_ti", "domaintools")
BODY_BYTES_MAX = 1024 * 1024


class ReplicaServer:
    """Replicas that answer while the context is open."""

    def __init__(
        self,
        case: Case,
        *,
        only: Iterable[str] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._case = case
        self._now = now
        found = (import_module(f"clew.replicas.{name}") for name in MODULES)
        wanted = None if only is None else set(only)
        self._modules: dict[str, ModuleType] = {
            module.PROVIDER: module
            for module in found
            if wanted is None or module.PROVIDER in wanted
        }
        self._behaviours: dict[str, Behaviour] = {}
        self.origins: dict[str, str] = {}
        """``http://127.0.0.1:port`` by provider."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(30)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def settings(self) -> dict[str, str]:
        """The CLEW_* settings with which a client asks these replicas."""
        told: dict[str, str] = {}
        for provider, module in self._modules.items():
            stem = f"CLEW_{provider}".upper().replace("-", "_")
            told[f"{stem}_URL"] = f"{self.origins[provider]}{module.BASE_PATH}"
            if getattr(module, "TOKEN_PATH", None) is not None:
                told[f"{stem}_TOKEN_URL"] = f"{self.origins[provider]}{module.TOKEN_PATH}"
            for name, value in module.CREDENTIALS.items():
                told[f"{stem}_{name.upper()}"] = value
        return told

    def behave(self, provider: str, *wrong: Misbehaviour) -> None:
        """What goes wrong from now on; nothing clears it."""
        if provider not in self._behaviours:
            raise UnknownName("replica", provider, known=tuple(self._behaviours))
        self._behaviours[provider].told = list(wrong)

    def requests(self, provider: str) -> list[tuple[str, str]]:
        """Method and target of each request so far."""
        return list(self._behaviours[provider].requests)

    async def _start(self) -> None:
        self._runners: list[web.AppRunner] = []
        for provider, module in self._modules.items():
            behaviour = self._behaviours[provider] = Behaviour()
            application: web.Application = module.application(self._case, now=self._now)
            application.middlewares.insert(0, middleware(behaviour))
            runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.origins[provider] = f"http://127.0.0.1:{runner.addresses[0][1]}"
            self._runners.append(runner)

    async def _stop(self) -> None:
        for behaviour in self._behaviours.values():
            behaviour.stopping.set()
        for runner in self._runners:
            await runner.cleanup()


def parse_misbehaviour(text: str) -> tuple[str, Misbehaviour]:
    """Provider and misbehaviour written ``domaintools:timeout`` or ``domaintools:html@path``."""
    provider, colon, rest = text.partition(":")
    kind, _, match = rest.partition("@")
    if not colon:
        raise InvalidValue("misbehaviour", text, "it is not written provider:kind")
    return provider, Misbehaviour(kind, match)
