"""Who can be asked, as pages see it: where keys are is not looked up for each page anew."""

from __future__ import annotations

import time

from clew.engine.readiness import readiness
from clew.engine.settings import Settings
from clew.service.library import Library
from clew.service.shapes import ProviderInfo
from clew.transform.provider import Provider

PROVIDERS_S = 20.0
"""How long it is believed where keys are, in seconds."""


class ProviderList:
    """The providers of a library; used from the home's thread only."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._until = 0.0
        self._known: list[ProviderInfo] = []

    def all(self) -> list[ProviderInfo]:
        """Who can be asked, by name; where keys are is looked up again after PROVIDERS_S."""
        if not self._known or time.monotonic() > self._until:
            settings, found = self._library.settings, self._library.registry.providers
            self._known = [provider_info(settings, found[name]) for name in sorted(found)]
            self._until = time.monotonic() + PROVIDERS_S
        return self._known

    def forget(self) -> None:
        """Keys are looked for anew."""
        self._known = []


def provider_info(settings: Settings, found: Provider) -> ProviderInfo:
    """One provider, as far as settings and keys tell."""
    known = readiness(settings, found)
    contact = int(settings.contact(found))
    return ProviderInfo(
        name=found.name,
        label=found.label,
        status=found.status,
        contact=contact,
        ready=known.ready,
        local=settings.on_this_machine(found),
        locked=known.locked,
        keys=list(dict.fromkeys(name for one in found.sufficient_keys for name in one)),
        missing=list(known.missing),
        refused=known.refused,
        helps=known.helps,
    )
