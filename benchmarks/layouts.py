"""Figures of the organic layout: seconds, and stress beside ForceAtlas2 of networkx."""

from __future__ import annotations

from time import perf_counter

import networkx as nx
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from clew.layout.organic import organic
from figure import Row, figure

SIZES = ((10_000, 20_000, "<= 3"), (100_000, 425_000, "<= 20"))
BESIDE = (1_000, 2_000)
ROUNDS = 100


def run(quick: bool = False) -> list[Row]:
    """The rows: name with the size, ours, peer, ratio, unit, goal, peer_name."""
    rows = []
    for count, links, goal in SIZES[:1] if quick else SIZES:
        start = perf_counter()
        organic(count, *_links(count, links))
        rows.append(
            figure(
                f"organic layout, {count:,} / {links:,}", perf_counter() - start, None, "s", goal
            )
        )
    sources, targets = _links(*BESIDE)
    start = perf_counter()
    points = organic(BESIDE[0], sources, targets)
    mine = perf_counter() - start
    graph = nx.Graph(zip(sources.tolist(), targets.tolist(), strict=True))
    graph.add_nodes_from(range(BESIDE[0]))
    start = perf_counter()
    drawn = nx.forceatlas2_layout(graph, max_iter=ROUNDS, seed=1)
    theirs = perf_counter() - start
    peer = np.asarray([drawn[row] for row in range(BESIDE[0])])
    name, who = f"{BESIDE[0]:,} / {BESIDE[1]:,}", f"ForceAtlas2 of networkx, {ROUNDS} rounds"
    rows.append(figure(f"organic layout, {name}", mine, theirs, "s", "-", who))
    ours, others = _stress(points, sources, targets), _stress(peer, sources, targets)
    rows.append(figure(f"stress of the picture, {name}", ours, others, "", "no worse", who))
    return rows


def _links(count: int, links: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(5)
    sources = chance.integers(0, count, links).astype(np.int32)
    return sources, (chance.random(links) ** 3 * count).astype(np.int32)


def _stress(points: np.ndarray, sources: np.ndarray, targets: np.ndarray) -> float:
    """
    Normalised stress over sampled pairs, at the best scale: 0 is perfect.

    Source:
        Gansner, Koren and North (2005), Graph drawing by stress majorization.
    """
    count = len(points)
    graph = coo_matrix((np.ones(len(sources)), (sources, targets)), shape=(count, count)).tocsr()
    some = np.arange(0, count, max(1, count // 60))
    far = dijkstra(graph, directed=False, indices=some, unweighted=True)
    near = np.linalg.norm(points[some, None] - points[None], axis=2)
    known = np.isfinite(far) & (far > 0)
    wanted, drawn = far[known], near[known]
    scale = (drawn / wanted).sum() / ((drawn / wanted) ** 2).sum()
    return float((((scale * drawn - wanted) / wanted) ** 2).mean())
