"""Figures of the service: many clients on a large graph, and ten writers at once."""

from __future__ import annotations

import asyncio
import itertools
import json
import tempfile
import time
from pathlib import Path

from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from figure import Row, figure
from made import made_block, made_change
from service_clients import Client, ServiceProcess, Timings, repeat, service_on, with_clients

CLIENTS = 32
CHANGES_EACH_S = 0.2
"""Seconds between changes: five a second."""
PACE_S = 0.5
"""Seconds between the requests of one client, as of a person who clicks quickly."""
WARM_S = 5.0
WRITERS = 10


def run(quick: bool = False) -> list[Row]:
    """The rows: name with the size, ours, peer, ratio, unit, goal, peer_name."""
    entities, links, seconds = (5_000, 15_000, 5.0) if quick else (100_000, 300_000, 60.0)
    name = f"{entities:,} entities, {links:,} links"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "load.clew"
        prepare(file, entities, links)
        rows = []
        for pace_s, pace in ((PACE_S, f"each every {PACE_S:g} s"), (0.0, "each at once again")):
            with service_on(file) as service:
                title = f"{name}, {CLIENTS} clients, {pace}, {seconds:g} s"
                rows += load(service, entities, seconds, title, pace_s)
        with service_on(file) as service:
            rows += writers(service, min(seconds, 10.0), f"{WRITERS} writers, {name}")
    return rows


def prepare(file: Path, entities: int, links: int) -> None:
    """An investigation of that size."""
    machine = MachineFolder.of_environment({"CLEW_HOME": str(file.parent / "home")})
    with Investigation.create(file, machine=machine) as case:
        case.append([made_change(made_block(entities, links), "main")])
        case.save_snapshot()


def load(
    service: ServiceProcess, entities: int, seconds: float, name: str, pace_s: float
) -> list[Row]:
    """Two of three clients ask about one entity, the third how the investigation stands."""
    memory: list[float] = []
    processor: list[float] = []
    timings: list[tuple[Timings, Timings, Timings]] = []

    async def work(client: Client) -> None:
        await client.ask(Timings(), "/graph/entities?graph=main")
        await _idle(client)
        for length in (WARM_S, seconds):
            timings.append((Timings(), Timings(), Timings()))
            before = service.processor_s
            await ask_for(client, length, *timings[-1])
            memory.append(service.memory_mb)
            processor.append(service.processor_s - before)

    async def ask_for(
        client: Client, length: float, reads: Timings, changes: Timings, tables: Timings
    ) -> None:
        until = time.perf_counter() + length
        numbers = itertools.count()

        async def read(_: int) -> None:
            await client.ask(reads, *_read(next(numbers), entities))

        async def change(number: int) -> None:
            await client.ask(changes, "/commands/label", _star(number))

        async def whole(number: int) -> None:
            table = ("entities", "links", "observations")[number % 3]
            await client.ask(tables, f"/graph/{table}?graph=main")

        await asyncio.gather(
            *(repeat(until, pace_s, read) for _ in range(CLIENTS)),
            repeat(until, CHANGES_EACH_S, change),
            repeat(until, 1, whole),
        )

    asyncio.run(with_clients(service.address, work))
    end_s = service.end()
    reads, changes, tables = timings[-1]
    faults = len(reads.faults) + len(changes.faults) + len(tables.faults)
    asked = len(reads.took_s) + len(changes.took_s) + len(tables.took_s)
    grown = (memory[1] / memory[0] - 1) * 100
    return [
        figure(f"reads, {name}", len(reads.took_s) / seconds, None, "/s", "-"),
        figure(f"reads p50, {name}", reads.quantile_ms(0.5), None, "ms", "-"),
        figure(f"reads p99, {name}", reads.quantile_ms(0.99), None, "ms", "<= 200"),
        figure(f"changes, {name}", len(changes.took_s) / seconds, None, "/s", "-"),
        figure(f"changes p99, {name}", changes.quantile_ms(0.99), None, "ms", "<= 200"),
        figure(f"whole tables p50, {name}", tables.quantile_ms(0.5), None, "ms", "-"),
        figure(f"processor, {name}", processor[-1] / asked * 1e3, None, "s/1,000 requests", "-"),
        figure(f"errors, {name}", faults, None, "", "0"),
        figure(f"memory before, {name}", memory[0], None, "MB", "-"),
        figure(f"memory grown, {name}", grown, None, "%", "<= 10"),
        figure(f"SIGTERM to the end, {name}", end_s, None, "s", "<= 3"),
    ]


def writers(service: ServiceProcess, seconds: float, name: str) -> list[Row]:
    """Ten clients that each make a change as soon as the one before is on disk."""
    changes = Timings()

    async def work(client: Client) -> None:
        until = time.perf_counter() + seconds
        numbers = itertools.count()

        async def change(_: int) -> None:
            await client.ask(changes, "/commands/label", _star(next(numbers)))

        await asyncio.gather(*(repeat(until, 0, change) for _ in range(WRITERS)))

    asyncio.run(with_clients(service.address, work))
    service.end()
    return [
        figure(f"changes over HTTP, {name}", len(changes.took_s) / seconds, None, "/s", "-"),
        figure(f"changes p99, {name}", changes.quantile_ms(0.99), None, "ms", "-"),
        figure(f"errors, {name}", len(changes.faults), None, "", "0"),
    ]


async def _idle(client: Client) -> None:
    """Wait until no layout goes on: what is measured is the service with a graph that is drawn."""
    while any(
        one["state"] == "running" for one in json.loads(await client.ask(Timings(), "/jobs"))
    ):
        await asyncio.sleep(1)


def _read(number: int, entities: int) -> tuple[str, object]:
    if number % 3 == 2:
        return "/case", None
    name = f"{number * 37 % (entities // 10) * 10}.example"
    return "/questions/about", {"entity": name, "limit": 100}


def _star(number: int) -> object:
    entity = f"{number * 10 % 4_000}.example"
    return {"kind": "star", "entities": [entity], "on": number // 400 % 2 == 0}
