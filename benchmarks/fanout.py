"""Figures of asking: CPU of a look-up all in, and how fast the command line starts."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import aiohttp

from clew.workbench import Workbench
from figure import Row, figure

STARTS = 7


def run(quick: bool = False) -> list[Row]:
    """The rows: name with the size, ours, peer, ratio, unit, goal, peer_name."""
    count = 200 if quick else 2_000
    # The replicas run in a process of their own, so that their work is not counted.
    code = (
        "import sys\nfrom clew.replicas.scenario import load_scenario\n"
        "from clew.replicas.server import running\n"
        "with running(load_scenario('tendrit'), only=('passivetotal',)) as server:\n"
        "    print(*[f'{k}={v}' for k, v in server.settings().items()], flush=True)\n"
        "    sys.stdin.read()\n"
    )
    served = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert served.stdout is not None
    assert served.stdin is not None
    try:
        settings = dict(word.split("=", 1) for word in served.stdout.readline().split())
        rows = [looked_up(settings, count)]
    finally:
        served.stdin.close()
        served.wait()
    return [*rows, started()]


def looked_up(settings: dict[str, str], count: int) -> Row:
    """CPU of plan, request, parse, claims, block and durable record, per look-up."""
    with tempfile.TemporaryDirectory() as told:
        environment = {**settings, "CLEW_KEYRING": "no", "CLEW_HOME": told}
        with Workbench.create(Path(told) / "a.clew", environment) as bench:
            values = [bench.catalogue.value("domain-name", f"n{n}.example") for n in range(count)]
            bench.add(values, graph="main", label="given")
            plan = bench.plan("passivetotal.name_to_addresses", bench.view().entities, {})
            start = process_time()
            bench.work(bench.start(plan, graph="main"))
            mine = (process_time() - start) / count * 1e6
    peer = asyncio.run(plain(settings, count)) / count * 1e6
    return figure(
        f"CPU per look-up, {count:,} look-ups", mine, peer, "µs", "<= 500", "bare aiohttp"
    )


async def plain(settings: dict[str, str], count: int) -> float:
    """CPU of the same requests by the HTTP library alone, parsed and dropped."""
    auth = aiohttp.BasicAuth(settings["CLEW_PASSIVETOTAL_USER"], settings["CLEW_PASSIVETOTAL_KEY"])
    url = f"{settings['CLEW_PASSIVETOTAL_URL']}/dns/passive"
    async with aiohttp.ClientSession(auth=auth) as session:
        names = iter([f"n{n}.example" for n in range(count)])
        start = process_time()

        async def work() -> None:
            for name in names:
                async with session.get(url, params={"query": name}) as response:
                    await response.json()

        await asyncio.gather(*(work() for _ in range(4)))
        return process_time() - start


def started() -> Row:
    """``clew --help`` beside an interpreter that does nothing."""

    def timed(*words: str) -> float:
        start = perf_counter()
        subprocess.run([sys.executable, *words], capture_output=True, check=True)
        return perf_counter() - start

    ours = median(timed("-m", "clew.cli.app", "--help") for _ in range(STARTS))
    peer = median(timed("-c", "pass") for _ in range(STARTS))
    return figure(f"clew --help, median of {STARTS}", ours, peer, "s", "<= 0.3", "python -c pass")
