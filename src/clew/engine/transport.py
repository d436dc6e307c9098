"""How the requests of a provider travel: by HTTP, to a program, or as a run that is polled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from clew.engine.bounds import Bounds
from clew.engine.client import Client, Reach
from clew.engine.maltego.polling import PolledRuns
from clew.engine.maltego.program import Programs
from clew.engine.settings import ProviderConfig
from clew.transform.request import Reply, Request


class Transport(Protocol):
    """Sends one signed request, and gives its reply whole."""

    async def send(
        self,
        asked: Request,
        signed: Request,
        reach: Reach,
        *,
        count: Callable[[], None],
        count_other: Callable[[], None],
    ) -> Reply:
        """
        The reply.

        Args:
            asked: As it was before signing; the reply remembers this one.
            signed: As it goes on its way.
            reach: Whom the provider may reach.
            count: Counts the request as one that is about to be sent (engine/budget.py).
            count_other: Counts each further request that it takes.
        """
        ...


def transport_of(
    config: ProviderConfig, client: Client, bounds: Bounds, *, chance: Callable[[], float]
) -> Transport:
    """The transport that a provider declares."""
    match config.provider.transport:
        case "http":
            return _Direct(client)
        case "program":
            return Programs(bounds, config.environment, contact_limit=client.contact_limit)
        case "maltego-v3":
            return PolledRuns(client, bounds, chance=chance)


@dataclass(frozen=True, slots=True)
class _Direct:
    client: Client

    async def send(
        self,
        asked: Request,
        signed: Request,
        reach: Reach,
        *,
        count: Callable[[], None],
        count_other: Callable[[], None],  # noqa: ARG002
    ) -> Reply:
        return await self.client.send(asked, signed, reach, count=count)
