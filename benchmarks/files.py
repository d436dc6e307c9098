"""Files of other tools, each read in a process of its own: seconds of processor, memory."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.formats import formats
from clew.model.block import BlockBuilder
from clew.model.interval import Interval
from clew.model.provenance import Provenance
from figure import Row, figure

READ = """
import sys, time
from pathlib import Path
from clew.interop.importing import read_file
from clew.schema.registry import catalogue
data, kinds = Path(sys.argv[1]).read_bytes(), catalogue()
begun = time.process_time()
found = read_file(data, kinds, run="0" * 32, learnt=1)
taken = time.process_time() - begun
assert not [one for one in found.problems if "zone" not in one.reason], found.problems[:3]
# A child's ru_maxrss begins with its parent's; this is of the process alone.
status = Path("/proc/self/status").read_text()
print(taken, int(status.partition("VmHWM:")[2].split()[0]) / 1024)
"""


def run(quick: bool) -> list[Row]:
    """Passive DNS as a table, Clew's own table, and graphs for Gephi and yEd."""
    part = 20 if quick else 1
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_text("\n".join(table(900_000 // part)), "utf-8")
        rows += read(path, f"CSV of {900_000 // part:,} rows", "<= 25", "<= 700")
        graph = made_graph(143_000 // part, 100_000 // part)
        size = f"{143_000 // part:,} entities, {100_000 // part:,} links"
        for name, seconds, megabytes in (
            ("gexf", "<= 4", "<= 300"), ("graphml", "-", "-"), ("csv", "-", "-"),
        ):  # fmt: skip
            path.write_bytes(formats().writer(name)(graph))
            rows += read(path, f"{formats().named(name).label} of {size}", seconds, megabytes)
    return rows


def read(path: Path, name: str, seconds: str, megabytes: str) -> list[Row]:
    """The two figures of one file."""
    command = [sys.executable, "-c", READ, str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    return [
        figure(f"{name}, {size}: processor", float(answer[0]), None, "s", seconds),
        figure(
            f"{name}, {size}: most memory of the process", float(answer[1]), None, "MB", megabytes
        ),
    ]


def table(rows: int) -> Iterator[str]:
    """Passive DNS with days and seconds, as providers export it."""
    draw = random.Random(1)
    yield "domain,ip,first_seen,last_seen,source"
    for _ in range(rows):
        number = draw.randrange(max(1, rows // 6))
        days = sorted(
            f"20{draw.randrange(10, 25)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
            for _ in range(2)
        )
        yield (
            f"host{draw.randrange(rows // 3 + 1)}.{draw.choice(('example.org', 'example.net'))},"
            f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255},"
            f"{days[0]} 00:00:00,{days[1]} 12:11:10,{draw.choice(('riskiq', 'virustotal'))}"
        )


def made_graph(entities: int, links: int) -> ExchangeGraph:
    """Names and addresses with places on the canvas, and dated links."""
    draw, builder = random.Random(1), BlockBuilder()
    for at in range(entities):
        address = f"10.{at >> 16}.{at >> 8 & 255}.{at & 255}"
        builder.entity("ip-address", address, 0) if at % 3 == 0 else builder.entity(
            "domain-name", f"host{at}.example.org", 0
        )
    for _ in range(links):
        year = draw.randrange(2010, 2025)
        builder.link(
            draw.randrange(entities), "resolves-to", draw.randrange(entities), 0,
            seen=Interval.parse(f"{year}-01-{draw.randrange(1, 29):02}", f"{year}-06-01"),
            collectors=["riskiq"],
        )  # fmt: skip
    by = Provenance("passivetotal", "passivetotal.domain_to_addresses", "0" * 32, 1)
    graph = ExchangeGraph(builder.build(), (by,), title="A case")
    graph.places = {at: (draw.random() * 1e4, draw.random() * 1e4) for at in range(entities)}
    return graph
