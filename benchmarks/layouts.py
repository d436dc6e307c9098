"""Figures of the organic layout on real graphs: processor time and stress, igraph's beside."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from time import process_time

import numpy as np
from scipy.sparse import csr_matrix

from clew.layout.growth import grow
from clew.layout.links import distinct_links, neighbour_matrix
from clew.layout.organic import organic
from figure import Row, figure
from graphs import BenchGraph, bench_graph

GOALS = {
    "tendrit": "-", "pitty-tiger": "-", "mix10": "<= 0.8", "44k": "-", "mix100": "<= 6",
    "apt": "<= 15",
}  # fmt: skip
PEERS = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"
PEER = "grid Fruchterman-Reingold of igraph"
CAME = 500
SAMPLES = 60
"""Entities from which distances to all are compared; ten times as many where parts are small."""
Points = np.ndarray


def run(quick: bool = False) -> list[Row]:
    """The rows: name with the size, ours, peer, ratio, unit, goal, peer_name."""
    rows: list[Row] = []
    for name in ("tendrit", "mix10") if quick else GOALS:
        graph = bench_graph(name)
        told = f"{graph.size}, {graph.components:,} components"
        if graph.origin.startswith("made up"):
            told += ", made up"
        start = process_time()
        points = organic(*graph.ends)
        mine = process_time() - start
        theirs, drawn = _peer(graph)
        who = PEER if drawn is not None else ""
        rows.append(figure(f"organic layout, {told}", mine, theirs, "s cpu", GOALS[name], who))
        far = _far(*graph.ends)
        other = None if drawn is None else _stress(drawn, *far)
        ours = _stress(points, *far)
        rows.append(figure(f"its stress, {graph.name}", ours, other, "", "no worse", who))
        if name == "apt":
            rows.append(_growth(graph, points))
    return rows


def _growth(graph: BenchGraph, points: Points) -> Row:
    """New entities on 50 old ones, ten on each."""
    count, sources, targets = graph.ends
    new = np.arange(count, count + CAME, dtype=np.int32)
    old = np.random.default_rng(3).choice(count, 50).astype(np.int32)[np.arange(CAME) % 50]
    ends = np.concatenate((sources, old)), np.concatenate((targets, new))
    start = np.concatenate((points, np.full((CAME, 2), np.nan)))
    times = []
    for _ in range(3):
        begun = process_time()
        grow(start, *ends)
        times.append(process_time() - begun)
    name = f"{CAME} new entities, best of 3, {graph.size}"
    return figure(name, min(times), None, "s cpu", "<= 0.1")


def _peer(graph: BenchGraph) -> tuple[float | None, Points | None]:
    """Processor time and places of igraph's layout; None where igraph is not there."""
    if not PEERS.exists():
        return None, None
    count, sources, targets = graph.ends
    with tempfile.TemporaryDirectory() as folder:
        links, places = Path(folder) / "links", Path(folder) / "places"
        links.write_bytes(np.concatenate((sources, targets)).astype(np.int32).tobytes())
        command = [PEERS, Path(__file__).parent / "grid_layout.py", str(count), links, places]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return float(done.stdout), np.frombuffer(places.read_bytes()).reshape(-1, 2)


def _far(count: int, sources: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Some entities, and the number of links on the shortest way to all; -1: there is none."""
    low, high, _ = distinct_links(count, sources, targets)
    graph: csr_matrix = neighbour_matrix(count, low, high)
    samples = SAMPLES * (10 if 2 * len(low) < 3 * count else 1)
    some = np.random.default_rng(3).choice(count, min(samples, count), replace=False)
    far = np.full((len(some), count), -1, np.int16)
    for row, entity in zip(far, some.tolist(), strict=True):
        row[entity], front, steps = 0, np.asarray([entity]), 0
        while len(front):
            steps += 1
            near = np.unique(graph[front].indices)
            front = near[row[near] < 0]
            row[front] = steps
    return some, far


def _stress(points: Points, some: np.ndarray, far: np.ndarray) -> float:
    """
    Normalised stress over sampled pairs, at the best scale: 0 is perfect.

    Source:
        Gansner, Koren and North (2005), Graph drawing by stress majorization.
    """
    rows, others = np.nonzero(far > 0)
    wanted = far[rows, others].astype(float)
    drawn = np.linalg.norm(points[some[rows]] - points[others], axis=1)
    scale = (drawn / wanted).sum() / ((drawn / wanted) ** 2).sum()
    return float((((scale * drawn - wanted) / wanted) ** 2).mean())
