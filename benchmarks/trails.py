"""Cuts of a public set of trails of malware, as entities and links in Clew's words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from clew.errors import ClewError
from clew.schema.registry import catalogue

TRAILS = Path(__file__).parents[2] / "shared" / "data" / "graph-maltrail"
ENTITY_TYPES = {
    "domain": "domain-name",
    "ip": "ip-address",
    "url": "url",
    "family": "malware-family",
    "category": "tag",
    "alias": "alias",
    "reference": "document",
    "ip-port": "port",
    "cidr": "netblock",
}
LINK_TYPES = {
    "has-indicator": "uses",
    "subdomain-of": "under-domain",
    "on-host": "has-host",
    "alias-of": "has-alias",
    "has-family": "related-to",
}
"""What links are called here; those of reports are ``mentions``."""
TURNED = ("alias-of",)
FAMILY_MAX = 8_000
"""Most indicators of a family that is drawn."""
Cut = tuple[pl.DataFrame, pl.DataFrame]


def apt_trails() -> Cut:
    """All that is around the families of advanced threats."""
    nodes = pl.read_parquet(TRAILS / "apt_nodes.parquet")
    return _cut(nodes, pl.read_parquet(TRAILS / "apt_edges.parquet"))


def every_nth(types: tuple[str, ...], links: int) -> Cut:
    """
    About that many links, every n-th of each of the types in the order of the set.

    They have no more in common than the tables of many cases have: thousands of small
    components. The empty name is all types together.
    """
    edges = pl.read_parquet(TRAILS / "edges.parquet")
    chosen = [edges.filter(pl.col("type") == type_) if type_ else edges for type_ in types]
    share = links // len(types)
    some = pl.concat(
        [each.gather_every(max(1, each.height // share)).head(share) for each in chosen]
    )
    return _cut(_nodes(), some)


def drawn_families(entities: int, *, seed: int) -> Cut:
    """Whole families with their indicators and reports, drawn until the size is met."""
    edges = pl.read_parquet(TRAILS / "edges.parquet")
    owns = edges.filter(pl.col("type") == "has-indicator")
    sizes = owns.group_by("source").len().filter(pl.col("len") <= FAMILY_MAX).sort("source")
    order = np.random.default_rng(seed).permutation(sizes.height)
    enough = np.searchsorted(np.cumsum(sizes["len"].to_numpy()[order]), entities * 0.86) + 1
    families = sizes["source"].gather(order[:enough])
    told = edges.filter(
        pl.col("type").is_in(["reports-on", "alias-of"])
        & pl.col("target").is_in(families.implode())
    )
    members = pl.concat(
        [
            families,
            owns.filter(pl.col("source").is_in(families.implode()))["target"],
            told["source"],
        ]
    ).unique()
    inside = edges.filter(
        (pl.col("type") != "mentions")
        & pl.col("source").is_in(members.implode())
        & pl.col("target").is_in(members.implode())
    )
    return _cut(_nodes(), inside)


def _nodes() -> pl.DataFrame:
    return pl.read_parquet(TRAILS / "nodes.parquet").with_columns(pl.col("type").cast(pl.String))


def _cut(nodes: pl.DataFrame, edges: pl.DataFrame) -> Cut:
    """Those edges and their ends, in Clew's types and canonical values."""
    ids = pl.concat([edges["source"], edges["target"]]).unique().sort()
    chosen = nodes.filter(pl.col("id").is_in(ids.implode())).sort("id")
    rows = [_canonical(*each) for each in chosen.select("type", "value").iter_rows()]
    known = pl.DataFrame(rows, schema=["type", "value"], orient="row")
    known = known.with_columns(id=chosen["id"])
    entities = known.unique(["type", "value"], keep="first", maintain_order=True)
    entities = entities.with_row_index("row").select("row", "type", "value")
    rows_of = known.join(entities, on=["type", "value"])
    row_of = rows_of.select("id", "row", kind="type")
    links = (
        edges.join(row_of.rename({"id": "source", "row": "one"}), on="source")
        .join(row_of.select("id", other="row").rename({"id": "target"}), on="target")
        .with_columns(turned=pl.col("type").is_in(TURNED) | (pl.col("kind") == "port"))
        .select(
            source=pl.when("turned").then("other").otherwise("one").cast(pl.UInt32),
            target=pl.when("turned").then("one").otherwise("other").cast(pl.UInt32),
            type=pl.when((pl.col("type") == "on-host") & (pl.col("kind") == "port"))
            .then(pl.lit("exposes"))
            .otherwise(pl.col("type").replace_strict(LINK_TYPES, default="mentions")),
        )
        .filter(pl.col("source") != pl.col("target"))
        .unique(["source", "target", "type"], keep="first", maintain_order=True)
        .sort("source", "target", "type")
    )
    return entities.select("type", "value", family=_families(entities, links)), links


def _canonical(type_: str, value: str) -> tuple[str, str]:
    name = ENTITY_TYPES.get(type_, "phrase")
    try:
        return name, str(catalogue().value(name, value))
    except ClewError:
        return "phrase", value


def _families(entities: pl.DataFrame, links: pl.DataFrame) -> pl.Series:
    """Which family each entity is of: the first that it has a link with, else by its neighbour."""
    count = entities.height
    family = np.where(entities["type"].to_numpy() == "malware-family", np.arange(count), -1)
    sources, targets = links["source"].to_numpy(), links["target"].to_numpy()
    for _ in range(3):
        for one, other in ((sources, targets), (targets, sources)):
            useful = (family[other] < 0) & (family[one] >= 0)
            family[other[useful][::-1]] = family[one[useful][::-1]]
    lone = family < 0
    family[lone] = np.arange(count)[lone] // 40
    return pl.Series(np.unique(family, return_inverse=True)[1])
