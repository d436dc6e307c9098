"""
The graphs that benchmarks run on, each by its name, and each as a file that the page opens.

``./dev bench graphs NAME FILE`` or ``python benchmarks/graphs.py NAME FILE`` writes one.
``tendrit`` and ``pitty-tiger`` are the shipped cases. The others are cut from a public set of
trails of malware where it lies beside the project (``../shared/data/graph-maltrail``); else a
generator of about the same sizes, degrees and components stands in (benchmarks/stand_ins.py).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

sys.path.insert(0, str(Path(__file__).parent))

from clew.graph.view import view_of
from clew.model.block import LINK_COLUMNS, PROPERTY_COLUMNS, Block
from clew.model.change import Change, Observe
from clew.model.provenance import Provenance
from clew.store.backup import backup
from clew.store.investigation import Investigation
from stand_ins import stand_in
from trails import TRAILS, apt_trails, drawn_families, every_nth

DAY_S = 86_400
SPAN_DAYS = (14_610, 20_453)
"""From 2010-01-01 to 2025-12-31, in days since 1970."""
UNDATED = 0.1
"""Share of links that have no dates."""
NO_START, NO_END = -(1 << 62), 1 << 62
CASES = ("tendrit", "pitty-tiger")
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class BenchGraph:
    """
    A graph to measure with.

    ``entities``: type, value, family (a number; links of a family are of the same years).
    ``links``: source and target (rows of ``entities``), type; distinct, without loops.
    """

    name: str
    entities: pl.DataFrame
    links: pl.DataFrame
    origin: str
    """Where it comes from, for the results: real, or a generator that stands in."""

    @property
    def ends(self) -> tuple[int, Rows, Rows]:
        """Number of entities, and both ends of each link."""
        sources, targets = (
            self.links[end].to_numpy().astype(np.int32) for end in ("source", "target")
        )
        return self.entities.height, sources, targets

    @property
    def size(self) -> str:
        """Its size for the name of a figure, such as ``mix10, 14,543 / 10,015``."""
        return f"{self.name}, {self.entities.height:,} / {self.links.height:,}"

    @property
    def components(self) -> int:
        """Number of connected parts."""
        count, sources, targets = self.ends
        ones = np.ones(len(sources), np.int8)
        graph = coo_matrix((ones, (sources, targets)), shape=(count, count))
        return int(connected_components(graph, directed=False, return_labels=False))


def bench_graph(name: str) -> BenchGraph:
    """
    The graph of that name; the same each time.

    Raises:
        KeyError: There is no such graph.
    """
    if name in CASES:
        return _played(name)
    if not TRAILS.is_dir():
        return BenchGraph(name, *stand_in(name), "made up, of the same degrees")
    return BenchGraph(name, *CUTS[name](), "trails of malware (maltrail, MIT)")


CUTS: dict[str, Callable[[], tuple[pl.DataFrame, pl.DataFrame]]] = {
    "mix10": lambda: every_nth(("",), 10_000),
    "mix100": lambda: every_nth(("mentions", "subdomain-of", "on-host"), 100_000),
    "44k": lambda: drawn_families(44_000, seed=7),
    "apt": apt_trails,
}
NAMES = (*CASES, *CUTS)


def bench_block(graph: BenchGraph, *, seed: int = 1) -> Block:
    """
    Its columns as a block, with dates drawn per family between 2010 and 2025.

    A family is active for some months or years; each link is seen for a while in that time.
    """
    chance = np.random.default_rng(seed)
    names = tuple(
        dict.fromkeys((*graph.entities["type"].unique(maintain_order=True),
                       *graph.links["type"].unique(maintain_order=True), ""))
    )  # fmt: skip
    codes = pl.DataFrame({"name": names, "code": np.arange(len(names), dtype=np.uint16)})

    def coded(column: pl.Series) -> pl.Series:
        return column.replace_strict(codes["name"], codes["code"], return_dtype=pl.UInt16)

    family = graph.entities["family"].to_numpy()
    begins = chance.integers(SPAN_DAYS[0], SPAN_DAYS[1] - 400, int(family.max(initial=0)) + 1)
    lasts = np.minimum(chance.lognormal(5.8, 0.9, len(begins)).astype(np.int64) + 20, 4_000)
    _, sources, targets = graph.ends
    own = np.maximum(family[sources], family[targets])
    count = len(own)
    first = begins[own] + (chance.random(count) ** 1.5 * lasts[own]).astype(np.int64)
    first = np.minimum(first, SPAN_DAYS[1])
    last = np.minimum(first + chance.exponential(60, count).astype(np.int64), SPAN_DAYS[1])
    dated = chance.random(count) >= UNDATED
    links = pl.DataFrame(
        {
            "source": sources,
            "type": coded(graph.links["type"]),
            "target": targets,
            "first": np.where(dated, first * DAY_S, NO_START),
            "last": np.where(dated, last * DAY_S + DAY_S - 1, NO_END),
            "precision": np.where(dated, 4 | 4 << 4, 0),
            "provenance": np.zeros(count, np.uint32),
            "collectors": np.full(count, names.index("")),
            "detail": pl.Series([None], dtype=pl.String).new_from_index(0, count),
        },
        schema_overrides=LINK_COLUMNS,
    )
    entities = pl.DataFrame(
        {
            "type": coded(graph.entities["type"]),
            "value": graph.entities["value"],
            "provenance": np.zeros(graph.entities.height, np.uint32),
        }
    )
    return Block(names, entities, links, pl.DataFrame(schema=PROPERTY_COLUMNS))


def write(name: str, file: Path) -> BenchGraph:
    """Write a graph as an investigation whose one graph is ``main``, or play the shipped case."""
    if name in CASES:
        _play(name, file)
        return replace(_of_file(name, file), name=name)
    graph = bench_graph(name)
    what = Observe("main", (Provenance("maltrail", "maltrail.trails", "0" * 32, 1_700_000_000),))
    change = Change(what, 1, uuid.UUID(int=1).hex, f"Make {name}", "bench", bench_block(graph))
    with Investigation.create(file) as case:
        case.append([change])
    return graph


def _play(name: str, file: Path) -> None:
    """Play a shipped case in the terminal, and keep its file."""
    with tempfile.TemporaryDirectory() as folder:
        clew = str(Path(sys.executable).parent / "clew")
        words = [clew, "demo", "--case", name, "--headless", "--json", "--out", folder]
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
        (made,) = Path(folder).glob("*.clew")
        backup(made, file)


def _played(name: str) -> BenchGraph:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.clew"
        _play(name, file)
        return _of_file(name, file)


def _of_file(name: str, file: Path) -> BenchGraph:
    """The largest graph of a file."""
    with Investigation.open(file) as case:
        views = [view_of(case.state, graph) for graph in case.state.decisions.graphs]
        view = max(views, key=lambda view: len(view.entities))
        records = [view.entity(row) for row in view.entities.tolist()]
        entities = pl.DataFrame(
            {
                "type": [each.type for each in records],
                "value": [str(each.value) for each in records],
                "family": np.zeros(len(records), np.int64),
            }
        )
        links = pl.DataFrame({"source": view.source_places, "target": view.target_places})
    links = links.filter(pl.col("source") != pl.col("target")).unique(maintain_order=True)
    return BenchGraph(name, entities, links.with_columns(type=pl.lit("")), "shipped case")


def main() -> None:
    """Write the graph of the first word to the file of the second, and say what it is."""
    words = [word for word in sys.argv[1:] if word != "graphs"]
    if len(words) != 2 or words[0] not in NAMES:
        sys.exit(f"graphs: a name and a file are wanted; names: {', '.join(NAMES)}")
    graph = write(words[0], Path(words[1]))
    sys.stdout.write(f"{graph.size} links, {graph.components:,} components, {graph.origin}\n")


if __name__ == "__main__":
    main()
