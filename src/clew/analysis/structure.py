"""How entities stand in their graph: degree, core, rank, betweenness, community, bridges."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import polars as pl
import rustworkx as rx
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sknetwork.clustering import Louvain, get_modularity

from clew.graph.view import View

BETWEENNESS_MAX = 3_000
"""Most entities of a graph whose betweenness is computed; it takes entities times links."""


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """Columns by place of a view's entities. Parallel links count once, directions do not."""

    view: View = field(repr=False)
    neighbours: NDArray[np.int64]
    """Distinct entities that each is linked with."""
    core: NDArray[np.int64]
    """The largest k so that it is in a part where all have k neighbours (Seidman, 1983)."""
    rank: NDArray[np.float64]
    """PageRank over both directions; all sum to 1 (Brin and Page, 1998)."""
    betweenness: NDArray[np.float64] | None
    """Share of shortest paths through it (Freeman, 1977); None above BETWEENNESS_MAX entities."""
    community: NDArray[np.int64]
    """Number of its community, the largest is 0; the same for the same graph and seed."""
    modularity: float
    """How far the communities are from chance, below 1 (Newman and Girvan, 2004)."""

    def frame(self) -> pl.DataFrame:
        """The columns with the row of each entity."""
        middle = self.betweenness
        return pl.DataFrame(
            {
                "row": self.view.entities,
                "neighbours": self.neighbours,
                "core": self.core,
                "rank": self.rank,
                "betweenness": middle if middle is not None else [None] * len(self.core),
                "community": self.community,
            },
            schema_overrides={"betweenness": pl.Float64},
        )

    def communities(self) -> list[NDArray[np.int32]]:
        """Rows of each community, the largest first."""
        order = np.argsort(self.community, kind="stable")
        marks = np.arange(self.community.max(initial=-1) + 2)
        bounds = np.searchsorted(self.community[order], marks)
        return [self.view.entities[order[a:b]] for a, b in pairwise(bounds)]


def structure(view: View, *, seed: int = 0) -> Structure:
    """
    How each entity stands in a graph.

    Communities are those of Louvain (Blondel et al., 2008); the same seed and graph give the same.
    Entities without a link are communities of their own.
    """
    size = len(view.entities)
    if not size:
        none = np.empty(0, np.int64)
        return Structure(view, none, none, np.empty(0), np.empty(0), none, 0.0)
    links = _symmetric(view)
    neighbours = np.diff(links.indptr).astype(np.int64)
    graph = _graph(links)
    middle = rx.betweenness_centrality(graph) if size <= BETWEENNESS_MAX else None
    community, modularity = _communities(links, seed)
    return Structure(
        view,
        neighbours,
        _column(rx.core_number(graph), size).astype(np.int64),
        _column(rx.pagerank(graph.to_directed(), tol=1e-9, max_iter=1_000), size),
        None if middle is None else _column(middle, size),
        community,
        modularity,
    )


def articulation(view: View) -> NDArray[np.int32]:
    """Rows of the entities that alone hold two parts of a graph together."""
    if not len(view.entities):
        return np.empty(0, np.int32)
    found = rx.articulation_points(_graph(_symmetric(view)))
    return view.entities[np.asarray(sorted(found), np.int64)]


def _symmetric(view: View) -> csr_matrix:
    size = len(view.entities)
    apart = view.source_places != view.target_places
    one, other = view.source_places[apart], view.target_places[apart]
    ends = np.concatenate((one, other)), np.concatenate((other, one))
    links = coo_matrix((np.ones(len(ends[0])), ends), shape=(size, size)).tocsr()
    links.data[:] = 1.0
    return links


def _graph(links: csr_matrix) -> rx.PyGraph[None, None]:
    upper = coo_matrix(links)
    once = upper.row < upper.col
    graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * links.shape[0])
    ends = zip(upper.row[once].tolist(), upper.col[once].tolist(), strict=True)
    graph.extend_from_edge_list(list(ends))
    return graph


def _communities(links: csr_matrix, seed: int) -> tuple[NDArray[np.int64], float]:
    if not links.nnz:
        return np.arange(links.shape[0], dtype=np.int64), 0.0
    found = Louvain(random_state=seed, shuffle_nodes=False).fit_predict(links).astype(np.int64)
    # Numbered by size, then by their first member, so that numbers mean the same each time.
    numbers, first, counts = np.unique(found, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    renamed = np.empty(len(numbers), np.int64)
    renamed[order] = np.arange(len(numbers))
    return renamed[np.searchsorted(numbers, found)], float(get_modularity(links, found))


def _column(by_place: object, size: int) -> NDArray[np.float64]:
    found = np.zeros(size)
    for place, value in dict(by_place).items():  # type: ignore[call-overload]
        found[place] = value
    return found
