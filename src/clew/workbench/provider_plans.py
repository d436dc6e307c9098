"""Plans of provider runs: what would be asked, what it would cost, and with whose keys."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.analysis.pivots import PivotTransform
from clew.engine.bounds import Bounds
from clew.engine.budget import Meter
from clew.engine.case_replies import CaseReplies
from clew.engine.client import Client
from clew.engine.inputs import cached_values, inputs_of
from clew.engine.lookup_forecast import LookupForecast, forecast_lookup, pivot_transforms
from clew.engine.plan import Plan, marking_reason, plan
from clew.engine.price import quotes
from clew.engine.properties import sendable_properties
from clew.engine.quota import account_meter, known_allowance
from clew.engine.secret_settings import keys_of_run
from clew.engine.session import ProviderSession
from clew.graph.view import View
from clew.graph.view_cache import ViewCache
from clew.model.interval import Window
from clew.model.marking import Marking
from clew.schema.registry import Catalogue
from clew.store.runs import Run
from clew.transform.contract import Transform
from clew.workbench.run_rest import RunRest

Rows = NDArray[np.int32]


class ProviderPlans(RunRest):
    """Planning transforms and asking prices, for a workbench that has what they need."""

    catalogue: Catalogue
    bounds: Bounds
    actor: str
    views: ViewCache
    secrets: dict[str, Mapping[str, str]]
    """Values of secret settings, by the runs that were begun here; they are never written down."""

    def view(self, graph: str | None = None) -> View:
        """A graph, or the whole investigation."""
        return self.views.view(self.case.state, graph)

    def window(self) -> Window | None:
        """The window under study."""
        time_window = self.case.state.decisions.time_window
        return Window.parse(time_window.window) if time_window.window else None

    def plan(
        self,
        transform: str,
        rows: Rows,
        settings: Mapping[str, Any],
        *,
        through: Sequence[str] = (),
        with_quotes: bool = False,
        refresh: bool = False,
        meter: Meter | None = None,
        secrets: Collection[str] = (),
    ) -> Plan:
        """
        What a run would do.

        Args:
            transform: Whom to ask what.
            rows: Entities to ask about.
            settings: The transform's parameters.
            through: Bounding states that are pivoted through all the same.
            with_quotes: Whether vendors are asked for their prices first.
            refresh: Whether kept replies are asked for anew; what was bought stays bought.
            meter: Counts the requests for prices.
            secrets: Names of settings that hold keys, beside those that are known to.
        """
        found = self.registry.transform(transform)
        checked = found.settings(dict(settings))
        view = self.view()
        known = (
            sendable_properties(view, rows, self._may_get(found)) if found.wants_properties else {}
        )
        inputs = inputs_of(view, rows, self.catalogue, known)
        made = plan(
            found,
            inputs,
            checked,
            catalogue=self.catalogue,
            contact=self.settings.contact(found.provider),
            contact_limit=self.settings.contact_limit,
            ceiling=self.provider_ceiling(found.provider),
            cached=()
            if refresh and not found.cost.quoted
            else cached_values(
                self.case.store, found, checked, self.catalogue, now_us(), inputs=inputs,
                secrets=secrets,
            ),
            window=self.window(),
            through=through,
            allowance=known_allowance(self.settings, found.provider, now_us() // 1_000_000),
            secrets=secrets, route=self.settings.route_words(found.provider),
            default=self.default_marking,
        )  # fmt: skip
        if with_quotes and found.quoter is not None:
            made = asyncio.run(self.quoted(made, meter=meter))
        return made

    async def quoted(self, made: Plan, *, meter: Meter | None = None) -> Plan:
        """A plan with the vendor's prices, inside an event loop; *meter* counts the requests."""
        if made.transform.quoter is None:
            return made
        async with self._requester(made.transform) as requester:
            return await quotes(made, requester, meter or Meter())

    def forecast_lookup(self, transform: str) -> LookupForecast:
        """What a look-up of a transform costs, and who is asked."""
        return forecast_lookup(self.registry.transform(transform), self.settings)

    def pivot_transforms(self) -> list[PivotTransform]:
        """The transforms that can be asked as things are."""
        return pivot_transforms(self.registry, self.settings)

    def _may_get(self, transform: Transform) -> Callable[[Marking], bool]:
        """Whether its provider may get what carries a marking."""
        return lambda marking: not self._marking_reason(transform, marking)

    def _marking_reason(self, transform: Transform, marking: Marking) -> str:
        provider = transform.provider
        return marking_reason(
            provider.label, marking.filled(self.default_marking), self.settings.contact(provider),
            self.provider_ceiling(provider),
        )  # fmt: skip

    @asynccontextmanager
    async def _requester(
        self, transform: Transform, run: Run | None = None, **options: bool
    ) -> AsyncIterator[ProviderSession]:
        """A session with the transform's provider, counted with the configured account."""
        config = self.settings.config_of(transform.provider)
        if run is not None:
            values = self.secrets.get(run.id, {})
            more = keys_of_run(run.settings, values, config.provider, self.settings.secrets)
            config = replace(config, keys={**config.keys, **more})
        async with Client(self.bounds, contact_limit=self.settings.contact_limit) as client:
            with account_meter(self.settings, config, time.time) as account:
                yield ProviderSession(
                    config,
                    client,
                    CaseReplies(self.case, self.actor),
                    self.bounds,
                    now_s=time.time,
                    clock=time.monotonic,
                    chance=random.random,
                    account=account,
                    **options,
                )


def now_us() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1_000
