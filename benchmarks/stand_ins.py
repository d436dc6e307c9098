"""Made-up graphs of the sizes, degrees and components of the real ones, where those are not."""

from __future__ import annotations

import numpy as np
import polars as pl

SHAPES = {
    "mix10": (14_540, 10_020, 4_530, 0.02),
    "mix100": (146_400, 100_000, 47_500, 0.05),
    "44k": (44_000, 60_000, 350, 0.25),
    "apt": (198_000, 668_000, 60, 0.9),
}
"""Of each graph: entities, links, components, and the largest component's share of entities."""


def stand_in(name: str, *, seed: int = 1) -> tuple[pl.DataFrame, pl.DataFrame]:
    """
    Entities and links of about the shape of a graph of that name.

    Half of the small components are pairs, as in tables of hosts; in the large ones an entity
    joins one drawn with a heavy tail, so that there are hubs with thousands of leaves.
    """
    count, links, components, share = SHAPES[name]
    chance = np.random.default_rng(seed)
    sizes = _sizes(count, components, share, chance)
    part = np.repeat(np.arange(len(sizes)), sizes)
    start = np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = np.arange(count) - start
    inner = np.flatnonzero(place > 0)
    # The sixth power makes few hubs of many; a component's first entity is its largest.
    parents = start[inner] + (chance.random(len(inner)) ** 6 * place[inner]).astype(np.int64)
    more = chance.choice(inner[sizes[part[inner]] > 4], max(0, links - len(inner)))
    others = start[more] + (chance.random(len(more)) ** 6 * place[more]).astype(np.int64)
    entities = pl.DataFrame({"number": np.arange(count), "kind": place % 10, "family": part})
    domain = pl.format("d{}.example.org", "number")
    page = pl.format("https://example.org/reports/{}", "number")
    # 2001:db8::/32 has room for all of them, and no part of these is 0.
    numbers = range(count)
    addresses = [f"2001:db8:{(each >> 15) + 1:x}::{(each & 0x7FFF) + 1:x}" for each in numbers]
    address = pl.lit(pl.Series(addresses))
    return entities.select(
        type=pl.when(pl.col("kind") == 0).then(pl.lit("document"))
        .when(pl.col("kind") > 7).then(pl.lit("ip-address")).otherwise(pl.lit("domain-name")),
        value=pl.when(pl.col("kind") == 0).then(page)
        .when(pl.col("kind") > 7).then(address).otherwise(domain),
        family="family",
    ), pl.DataFrame(
        {
            "source": np.concatenate((parents, others)).astype(np.uint32),
            "target": np.concatenate((inner, more)).astype(np.uint32),
        }
    ).unique(maintain_order=True).with_columns(type=pl.lit("related-to"))  # fmt: skip


def _sizes(count: int, components: int, share: float, chance: np.random.Generator) -> np.ndarray:
    """Sizes of components: one large, half of the rest pairs, and a heavy tail between."""
    large = int(count * share)
    rest = components - 1
    tail = 2 + (chance.pareto(1.2, rest) * (np.arange(rest) % 2)).astype(np.int64)
    spare = count - large - 2 * rest
    wanted = tail - 2
    tail = 2 + (wanted * max(spare, 0) / max(int(wanted.sum()), 1)).astype(np.int64)
    return np.concatenate(([count - int(tail.sum())], tail))
