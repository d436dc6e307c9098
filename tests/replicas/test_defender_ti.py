"""The Defender TI replica speaks as Microsoft documents it."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from clew.replicas.defender_ti import BASE_PATH, TOKEN
from clew.replicas.scenario import load_scenario
from clew.replicas.server import running


async def rows_of(origin: str, host: str, part: str) -> list[dict[str, Any]]:
    """The rows of a list that belongs to a host."""
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as session,
        session.get(f"{origin}{BASE_PATH}/hosts/{host}/{part}") as reply,
    ):
        found: list[dict[str, Any]] = (await reply.json())["value"]
        return found


def test_the_parent_host_is_what_was_asked_in_both_directions() -> None:
    """What is found is the artifact, with its kind, also in reverse passive DNS."""
    scenario = load_scenario("tendrit")
    one = next(row for row in scenario.resolutions if row.type == "A")
    asked = {"passiveDns": one.name, "passiveDnsReverse": one.value}
    kinds = {"passiveDns": "ipAddress", "passiveDnsReverse": "hostname"}
    with running(scenario, only=("defender-ti",)) as server:
        for part, host in asked.items():
            rows = asyncio.run(rows_of(server.origins["defender-ti"], host, part))
            assert {row["parentHost"]["id"] for row in rows} == {host}
            (other,) = set(asked.values()) - {host}
            found = {row["artifact"]["id"]: row["artifact"]["@odata.type"] for row in rows}
            assert found[other] == f"#microsoft.graph.security.{kinds[part]}"
