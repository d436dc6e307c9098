"""The same questions put to DuckDB, polars and networkx, over the same rows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import networkx as nx
import numpy as np
import polars as pl

from clew.graph.entities import compute_ids
from clew.graph.working_set import WorkingSet
from clew.model.block import Block

YES_CODE = """
    CASE WHEN last < {start} OR first > {end} THEN 0
         WHEN told OR first >= {start} OR last <= {end} THEN 2 ELSE 1 END"""


def observation_frame(state: WorkingSet) -> pl.DataFrame:
    """Observations of links: link, first, last, told, lineage-like provenance."""
    told = state.link_observations
    precision = told.precision.values
    return pl.DataFrame(
        {
            "link": told.subject.values,
            "first": told.first.values,
            "last": told.last.values,
            "told": (precision & 15 >= 2) & (precision >> 4 >= 1),
            "lineage": told.collectors.values,
            "weight": np.full(len(told), 0.7, np.float32),
        }
    )


def duck_of(**tables: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB with those tables, loaded before anything is measured."""
    duck = duckdb.connect()
    with TemporaryDirectory() as folder:
        for name, frame in tables.items():
            path = Path(folder) / f"{name}.parquet"
            frame.write_parquet(path)
            duck.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')")
    return duck


def duck_window(duck: duckdb.DuckDBPyConnection, start: int, end: int) -> Any:
    """Verdict of each link, as a NumPy column."""
    code = YES_CODE.format(start=start, end=end)
    return duck.execute(f"SELECT link, max({code}) AS code FROM obs GROUP BY link").fetchnumpy()


def polars_window(obs: pl.DataFrame, start: int, end: int) -> pl.DataFrame:
    """Verdict of each link."""
    apart = (pl.col("last") < start) | (pl.col("first") > end)
    proven = pl.col("told") | (pl.col("first") >= start) | (pl.col("last") <= end)
    code = pl.when(apart).then(0).when(proven).then(2).otherwise(1).cast(pl.UInt8)
    return obs.lazy().group_by("link").agg(code.max()).collect()


def duck_corroboration(duck: duckdb.DuckDBPyConnection) -> Any:
    """Noisy-or over the strongest of each lineage, of each link."""
    return duck.execute(
        """
        SELECT link, 1 - exp(sum(ln(1 - w))) AS score FROM (
            SELECT link, lineage, max(weight) AS w FROM obs GROUP BY link, lineage
        ) GROUP BY link"""
    ).fetchnumpy()


def merge_frames(block: Block, graph: str) -> dict[str, pl.DataFrame]:
    """Entities and observations of a block with their ids, which the peer gets for nothing."""
    ids = compute_ids(block.names, block.entities["type"].to_numpy(), block.entities["value"])
    key = pl.Series("id", ids[:, 0])
    links = block.links
    return {
        f"{graph}_ent": block.entities.select("type", "value").with_columns(key),
        f"{graph}_obs": pl.DataFrame(
            {
                "source": key.gather(links["source"]),
                "type": links["type"],
                "target": key.gather(links["target"]),
                "first": links["first"],
                "last": links["last"],
                "provenance": links["provenance"],
            }
        ),
    }


MERGE = """
CREATE OR REPLACE TABLE all_ent AS
    SELECT * FROM a_ent UNION ALL SELECT * FROM b_ent ANTI JOIN a_ent USING (id);
CREATE OR REPLACE TABLE b_links AS SELECT DISTINCT source, type, target FROM b_obs;
CREATE OR REPLACE TABLE all_links AS
    SELECT * FROM a_links UNION ALL
    SELECT * FROM b_links ANTI JOIN a_links USING (source, type, target);
CREATE OR REPLACE TABLE all_obs AS SELECT * FROM a_obs UNION ALL SELECT * FROM b_obs;
CREATE OR REPLACE TABLE shared AS SELECT a.id, a.type FROM a_ent a JOIN b_ent b USING (id);
CREATE OR REPLACE TABLE shared_links AS
    SELECT * FROM a_links SEMI JOIN b_links USING (source, type, target);
CREATE OR REPLACE TABLE degree AS
    SELECT id, count(*) AS links FROM (
        SELECT source AS id FROM all_links UNION ALL SELECT target FROM all_links
    ) GROUP BY id;
CREATE OR REPLACE TABLE mention AS
    SELECT m.* FROM (
        SELECT source AS id, first, last, 0 AS side FROM a_obs UNION ALL
        SELECT target, first, last, 0 FROM a_obs UNION ALL
        SELECT source, first, last, 1 FROM b_obs UNION ALL
        SELECT target, first, last, 1 FROM b_obs
    ) m SEMI JOIN shared USING (id);
CREATE OR REPLACE TABLE same_time AS
    SELECT DISTINCT id FROM (
        SELECT id, side, first,
            max(CASE WHEN side = 0 THEN last END) OVER w AS last_a,
            max(CASE WHEN side = 1 THEN last END) OVER w AS last_b
        FROM mention WINDOW w AS (
            PARTITION BY id ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ) WHERE CASE WHEN side = 1 THEN last_a ELSE last_b END >= first;
CREATE OR REPLACE TABLE chance AS
    SELECT e.type, count(*) AS known, sum(d.links) AS ends,
        sum(1 - exp(-d.links * 0.1)) AS expected
    FROM a_ent e JOIN degree d USING (id) GROUP BY e.type;
"""

REPORT = """
SELECT s.id, 1 - log2(d.links) / log2((SELECT count(*) FROM all_ent)) AS weight,
       t.id IS NOT NULL AS same_time
FROM shared s JOIN degree d USING (id) LEFT JOIN same_time t USING (id) ORDER BY weight DESC
"""


def duck_merge(duck: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Merge and overlap report; the number of shared entities and of those at the same time."""
    duck.execute(MERGE)
    found = duck.execute(REPORT).fetchnumpy()
    return len(found["id"]), int(found["same_time"].sum())


def networkx_of(state: WorkingSet) -> nx.Graph:
    """The links as a networkx graph."""
    graph = nx.Graph()
    ends = zip(
        state.links.sources.values.tolist(), state.links.targets.values.tolist(), strict=True
    )
    graph.add_edges_from(ends)
    return graph


def networkx_two_steps(graph: nx.Graph, row: int) -> int:
    """Number of entities within two steps."""
    return len(nx.single_source_shortest_path_length(graph, row, cutoff=2))
