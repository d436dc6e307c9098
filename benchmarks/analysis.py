"""Figures of the analysis room: window, corroboration, expansion, merge, memory."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np

from clew.analysis.corroboration import corroboration
from clew.analysis.expand import Neighbourhood, expand
from clew.analysis.overlap import OverlapReport, overlap
from clew.analysis.window import in_window
from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet
from clew.model.block import Block
from clew.model.change import Change, Entry, GraphMerge
from clew.model.interval import UndatedPolicy, Window
from clew.schema.registry import catalogue
from figure import Row, figure
from held import held_bytes
from made import made_beside, made_block, made_change, made_state
from peers import (
    duck_corroboration,
    duck_investigation,
    duck_merge,
    duck_of,
    duck_window,
    networkx_of,
    networkx_two_steps,
    observation_frame,
    polars_window,
)

WINDOW = Window.parse("2013")
CATALOGUE = catalogue()


def run(quick: bool = False) -> list[Row]:
    """
    The rows of the benchmark page.

    Args:
        quick: A tenth of the size, for a look; the goals are meant for the full one.

    Returns:
        For each figure: name (with the size in it), ours, peer, ratio (peer / ours; None where
        there is no peer), unit, goal, what the peer is.

    Ours is measured before a peer takes memory in the same process, which slows what follows.
    """
    size = (100_000, 500_000) if quick else (1_000_000, 5_000_000)
    first = made_block(*size)
    state = made_state((first, "a"))
    view = view_of(state, "a")
    rows = memory(state, size)
    rows += window(view, state, size)
    rows += corroborated(view, state, size)
    rows += two_steps(view, state, size)
    del view
    rows += merged(state, first, size)
    small = (20_000, 100_000) if quick else (100_000, 500_000)
    rows += side_by_side(small)
    rows += beside_networkx(made_state((made_block(*small), "a")), small)
    return rows


def memory(state: WorkingSet, size: tuple[int, int]) -> list[Row]:
    """Bytes per entity and per link, indexes and adjacency included."""
    state.links.at(np.asarray([0], np.int32))
    graph = state.decisions.graphs["a"]
    entities = held_bytes(state.entities, graph.entities)
    links = held_bytes(state.links, state.link_observations, graph.links)
    name = _size(size)
    return [
        figure(f"memory per entity, {name}", entities / len(state.entities), None, "B", "<= 150"),
        figure(
            f"memory per link with its observation, {name}",
            links / len(state.link_observations), None, "B", "<= 60",
        ),
    ]  # fmt: skip


def window(view: View, state: WorkingSet, size: tuple[int, int]) -> list[Row]:
    """A change of the window: every link's verdict, and what is shown."""

    def ours() -> int:
        return int(np.count_nonzero(in_window(view, WINDOW, UndatedPolicy.KEEP).shown_links))

    def with_entities() -> int:
        return int(np.count_nonzero(in_window(view, WINDOW, UndatedPolicy.KEEP).shown_entities))

    mine, both = _best(ours) * 1e3, _best(with_entities) * 1e3
    frame = observation_frame(state)
    duck = duck_of(obs=frame)
    start, end = WINDOW.seconds
    name = f"{size[1]:,} links"
    duck_ms = _best(lambda: duck_window(duck, start, end), 2) * 1e3
    polars_ms = _best(lambda: polars_window(frame, start, end), 2) * 1e3
    duck.close()
    return [
        figure(f"window change, {name}", mine, duck_ms, "ms", "<= 50", "DuckDB"),
        figure(f"window change, {name}", mine, polars_ms, "ms", "<= 50", "polars"),
        figure(f"window change with entities, {name}", both, None, "ms", "-"),
    ]


def corroborated(view: View, state: WorkingSet, size: tuple[int, int]) -> list[Row]:
    """The score of every link, weighed by a window (the peer: plain noisy-or, nothing weighed)."""
    mine = _best(lambda: corroboration(view, CATALOGUE, window=WINDOW))
    duck = duck_of(obs=observation_frame(state))
    peer = _best(lambda: duck_corroboration(duck), 2)
    duck.close()
    name = f"corroboration of all, {size[1]:,} links"
    return [figure(name, mine, peer, "s", "<= 0.5", "DuckDB")]


def two_steps(view: View, state: WorkingSet, size: tuple[int, int]) -> list[Row]:
    """Two steps around entities drawn evenly, and around the largest hub."""
    around = Neighbourhood(view)
    around.links_at(np.asarray([0], np.int32))
    around.hubs  # noqa: B018
    drawn = np.random.default_rng(3).integers(0, len(state.entities), 2_000)
    times = [_timed(partial(expand, around, _one(row), steps=2)) for row in drawn.tolist()]
    hub = int(view.entities[view.degree.argmax()])
    large = _best(lambda: expand(around, _one(hub), steps=2), 5)
    reached = len(expand(around, _one(hub), steps=2).entities)
    name = _size(size)
    p50, p99 = np.percentile(times, [50, 99]) * 1e3
    links = int(view.degree.max())
    return [
        figure(f"2-hop p50, {name}", float(p50), None, "ms", "<= 0.3"),
        figure(f"2-hop p99, {name}", float(p99), None, "ms", "<= 5"),
        figure(
            f"2-hop of the largest hub ({links:,} links, reaches {reached:,}), {name}",
            large * 1e3, None, "ms", "<= 20",
        ),
    ]  # fmt: skip


def beside_networkx(state: WorkingSet, size: tuple[int, int]) -> list[Row]:
    """Two steps in a graph that networkx can hold."""
    around = Neighbourhood(view_of(state, "a"))
    graph = networkx_of(state)
    drawn = np.random.default_rng(3).integers(0, len(state.entities), 300)
    drawn = [row for row in drawn.tolist() if row in graph]
    around.links_at(_one(0))
    around.hubs  # noqa: B018
    ours = [_timed(partial(expand, around, _one(row), steps=2)) for row in drawn]
    peer = [_timed(partial(networkx_two_steps, graph, row)) for row in drawn]
    mine, other = float(np.mean(ours)) * 1e3, float(np.mean(peer)) * 1e3
    return [figure(f"2-hop mean, {_size(size)}", mine, other, "ms", "-", "networkx")]


def merged(state: WorkingSet, first: Block, size: tuple[int, int]) -> list[Row]:
    """A second graph comes in, is merged with the first, and the overlap is told."""
    second = made_beside(first, size[0] // 10, size[1] // 10)
    change = made_change(second, "b")
    gc.collect()
    parts: dict[str, float] = {}
    parts["observe"] = _timed(lambda: state.extend(Entry(state.seq + 1, change, b"")))
    merge = Change(GraphMerge("merged", ("a", "b")), 0, "merge", "merge")
    parts["merge"] = _timed(lambda: state.extend(Entry(state.seq + 1, merge, b"")))
    found: list[OverlapReport] = []

    def report() -> None:
        found.append(overlap(view_of(state, "a"), view_of(state, "b"), CATALOGUE))
        found[0].shared(100)

    parts["overlap report"] = _timed(report)
    told: dict[str, int] = {}
    duck = duck_investigation(first, second)
    peer = _timed(lambda: told.update(duck_merge(duck)))
    (mine,) = found
    yes = int(mine.counts()["yes"])
    same = {"entities": len(mine.entities), "yes": yes, "links": len(mine.links)}
    assert told == same, f"both find the same: {told}, {same}"
    name = f"{_size((size[0] // 10, size[1] // 10))} into {_size(size)}"
    whole = sum(parts.values())
    rows = [
        figure(f"merge {name} with overlap report", whole, peer, "s", "<= 1.5, >= 2.5x", "DuckDB")
    ]
    rows += [figure(f"of it {part}", seconds, None, "s", "-") for part, seconds in parts.items()]
    return rows


def side_by_side(size: tuple[int, int]) -> list[Row]:
    """Overlap of two graphs of one size (the peer: shared entities and links with their times)."""
    first = made_block(*size)
    second = made_beside(first, *size)
    state = made_state((first, "a"), (second, "b"))
    view_of(state, "a")
    gc.collect()
    found: list[OverlapReport] = []

    def ours() -> None:
        found.append(overlap(view_of(state, "a"), view_of(state, "b"), CATALOGUE))
        found[-1].shared(100)

    mine = _best(ours)
    duck = duck_investigation(first, second)
    told: dict[str, int] = {}
    peer = _best(lambda: told.update(duck_merge(duck)), 2)
    report = found[-1]
    same = {
        "entities": len(report.entities), "yes": int(report.counts()["yes"]),
        "links": len(report.links),
    }  # fmt: skip
    assert told == same, f"both find the same: {told}, {same}"
    name = f"overlap of two {_size(size)}"
    return [figure(name, mine, peer, "s", "<= 1", "DuckDB")]


def _size(size: tuple[int, int]) -> str:
    return " / ".join(
        f"{number // 1_000_000}M" if number >= 1_000_000 else f"{number // 1_000}k"
        for number in size
    )


def _one(row: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    return np.asarray([row], np.int32)


def _timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _best(act: Callable[[], object], times: int = 3) -> float:
    return min(_timed(act) for _ in range(times))


if __name__ == "__main__":
    import sys

    for row in run(quick="--quick" in sys.argv):
        peer = (
            ""
            if row["peer"] is None
            else f"{row['peer_name']} {row['peer']:.3g} {row['ratio']:.1f}x"
        )
        print(f"{row['name']:70} {row['ours']:10.4g} {row['unit']:3} {row['goal']:18} {peer}")
