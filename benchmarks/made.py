"""Made-up investigations of a named size: columns straight into blocks, from a fixed seed."""

from __future__ import annotations

import numpy as np
import polars as pl

from clew.graph.working_set import WorkingSet
from clew.model.block import Block
from clew.model.change import Change, Entry, Observe
from clew.model.provenance import Provenance

NAMES = (
    "domain-name", "ip-address", "email-address", "resolves-to", "hosted-on", "registered-by",
    "", "riskiq", "kaspersky", "virustotal",
)  # fmt: skip
PROVIDERS = ("passivetotal", "domaintools", "threatconnect", "threatgrid", "defender-ti")
DAY_S = 86_400


def made_block(entities: int, links: int, *, seed: int = 1, start: int = 0) -> Block:
    """
    A block of *entities* (60% names, 30% addresses, 10% e-mails) and *links* observations.

    Targets are drawn with a heavy tail, so that there are hubs as in passive DNS. Entities are
    numbered from *start* on, so two blocks overlap where their numbers do.
    """
    random = np.random.default_rng(seed)
    kinds = np.asarray([0] * 6 + [1] * 3 + [2], np.uint16)[np.arange(entities) % 10]
    numbers = pl.Series("", np.arange(start, start + entities)).cast(pl.String)
    ending = pl.Series("", np.asarray([".example", ".addr", "@mail.example"])[kinds])
    values = numbers + ending
    names = np.flatnonzero(kinds == 0).astype(np.uint32)
    others = np.flatnonzero(kinds > 0).astype(np.uint32)
    sources = names[random.integers(0, len(names), links)]
    skew = (random.random(links) ** 3 * len(others)).astype(np.int64)
    targets = others[skew]
    types = np.where(kinds[targets] == 2, 5, np.where(random.random(links) < 0.3, 4, 3))
    first = random.integers(14_600, 18_000, links) * DAY_S
    last = first + random.integers(0, 400, links) * DAY_S + DAY_S - 1
    precision = np.full(links, 4 | 4 << 4, np.uint8)
    drawn = random.random(links)
    precision[drawn < 0.05] = 4 | 1 << 4
    precision[drawn < 0.02] = 0
    first[precision == 0] = -(1 << 62)
    last[drawn < 0.05] = 1 << 62
    return Block(
        NAMES,
        pl.DataFrame(
            {
                "type": kinds,
                "value": values,
                "provenance": np.zeros(entities, np.uint32),
            }
        ),
        pl.DataFrame(
            {
                "source": sources,
                "type": types.astype(np.uint16),
                "target": targets,
                "first": first,
                "last": last,
                "precision": precision,
                "provenance": random.integers(0, len(PROVIDERS), links).astype(np.uint32),
                "collectors": random.integers(6, 10, links).astype(np.uint16),
                "detail": pl.Series("detail", [None], pl.String).extend_constant(None, links - 1),
            }
        ),
        pl.DataFrame(
            schema={
                "entity": pl.UInt32,
                "name": pl.UInt16,
                "value": pl.String,
                "first": pl.Int64,
                "last": pl.Int64,
                "precision": pl.UInt8,
                "provenance": pl.UInt32,
                "collectors": pl.UInt16,
            }
        ),
    )


def made_beside(first: Block, entities: int, links: int, *, seed: int = 2) -> Block:
    """
    A smaller block that shares half of its entities with the end of *first*, and some links.

    One link in ten is one of the first block's between such entities, seen at another time.
    """
    start = first.entities.height - entities // 2
    block = made_block(entities, links, seed=seed, start=start)
    known = first.links.filter((pl.col("source") >= start) & (pl.col("target") >= start))
    again = known.sample(min(links // 10, known.height), seed=seed).with_columns(
        pl.col("source") - start,
        pl.col("target") - start,
        first=pl.col("first").clip(0) + 30 * DAY_S,
    )
    kept = block.links.head(links - again.height)
    return Block(block.names, block.entities, pl.concat([kept, again]), block.properties)


def made_change(block: Block, graph: str) -> Change:
    """The Observe that brings a block into a graph."""
    provenance = tuple(Provenance(name, f"{name}.made", "0" * 32, 0) for name in PROVIDERS)
    return Change(Observe(graph, provenance), 0, f"make {graph}", "made", block=block)


def made_state(*blocks: tuple[Block, str]) -> WorkingSet:
    """The working set of those blocks, each in its graph."""
    state = WorkingSet()
    for block, graph in blocks:
        state.extend(Entry(state.seq + 1, made_change(block, graph), b""))
    return state
