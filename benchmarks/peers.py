"""The same questions put to DuckDB, polars and networkx, over the same rows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import networkx as nx
import numpy as np
import polars as pl

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
    """Entities and observations of a block as they come: names of types, places for ends."""
    names = pl.Series(list(block.names))
    links = block.links
    return {
        f"{graph}_in_ent": block.entities.select(
            "value",
            place=pl.int_range(pl.len()),
            type=names.gather(block.entities["type"]),
        ),
        f"{graph}_in_obs": links.select(
            "source", names.gather(links["type"]).alias("type"), "target", "first", "last",
            told=pl.col("precision") > 0, provenance="provenance",
            collectors=names.gather(links["collectors"]),
        ),
    }  # fmt: skip


OBSERVE = """
CREATE OR REPLACE TEMP TABLE came AS
    SELECT place, md5_number(type || chr(0) || value) AS id, type, value FROM {graph}_in_ent;
INSERT INTO ent SELECT id, type, value FROM came ANTI JOIN ent USING (id);
INSERT INTO member SELECT '{graph}', id FROM came;
CREATE OR REPLACE TEMP TABLE came_obs AS
    SELECT s.id AS source, o.type, t.id AS target, first, last, told, provenance, collectors
    FROM {graph}_in_obs o JOIN came s ON s.place = o.source JOIN came t ON t.place = o.target;
CREATE OR REPLACE TEMP TABLE came_links AS SELECT DISTINCT source, type, target FROM came_obs;
INSERT INTO link
    SELECT source, type, target FROM came_links ANTI JOIN link USING (source, type, target);
INSERT INTO link_member SELECT '{graph}', source, type, target FROM came_links;
INSERT INTO obs SELECT '{graph}', * FROM came_obs;
"""

SCHEMA = """
CREATE TABLE ent (id UHUGEINT, type VARCHAR, value VARCHAR);
CREATE TABLE member (graph VARCHAR, id UHUGEINT);
CREATE TABLE link (source UHUGEINT, type VARCHAR, target UHUGEINT);
CREATE TABLE link_member (graph VARCHAR, source UHUGEINT, type VARCHAR, target UHUGEINT);
CREATE TABLE obs (graph VARCHAR, source UHUGEINT, type VARCHAR, target UHUGEINT, first BIGINT,
    last BIGINT, told BOOLEAN, provenance UINTEGER, collectors VARCHAR);
"""

MERGE = """
INSERT INTO member SELECT DISTINCT 'merged', id FROM member WHERE graph IN ('a', 'b');
INSERT INTO link_member
    SELECT DISTINCT 'merged', source, type, target FROM link_member WHERE graph IN ('a', 'b');
"""

OVERLAP = """
CREATE OR REPLACE TEMP TABLE shared AS
    SELECT id, type FROM ent SEMI JOIN (SELECT id FROM member WHERE graph = 'a') USING (id)
    SEMI JOIN (SELECT id FROM member WHERE graph = 'b') USING (id);
CREATE OR REPLACE TEMP TABLE shared_links AS
    SELECT source, type, target FROM link_member a SEMI JOIN
    (SELECT * FROM link_member WHERE graph = 'b') b USING (source, type, target) WHERE graph = 'a';
CREATE OR REPLACE TEMP TABLE degree AS
    SELECT id, count(*) AS links FROM (
        SELECT source AS id FROM link UNION ALL SELECT target FROM link
    ) GROUP BY id;
CREATE OR REPLACE TEMP TABLE kind AS
    SELECT id, avg(loose) AS loose FROM (
        SELECT source AS id, 0 AS loose FROM link_member WHERE graph IN ('a', 'b') UNION ALL
        SELECT target, 1 FROM link_member WHERE graph IN ('a', 'b')
    ) SEMI JOIN shared USING (id) GROUP BY id;
CREATE OR REPLACE TEMP TABLE mention AS
    SELECT * FROM (
        SELECT source AS id, first, last, told, graph, provenance FROM obs UNION ALL
        SELECT target, first, last, told, graph, provenance FROM obs
    ) SEMI JOIN shared USING (id);
CREATE OR REPLACE TEMP TABLE same_time AS
    SELECT id, max(CASE WHEN CASE WHEN graph = 'b' THEN last_a ELSE last_b END >= first
                        THEN 2 ELSE 0 END) AS code
    FROM (
        SELECT id, graph, first,
            max(CASE WHEN graph = 'a' THEN last END) OVER w AS last_a,
            max(CASE WHEN graph = 'b' THEN last END) OVER w AS last_b
        FROM mention WHERE told WINDOW w AS (
            PARTITION BY id ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ) GROUP BY id;
CREATE OR REPLACE TEMP TABLE unsure AS
    SELECT id, bool_or(NOT told) AS unsure FROM mention GROUP BY id;
CREATE OR REPLACE TEMP TABLE links_same_time AS
    SELECT DISTINCT source, type, target FROM (
        SELECT source, type, target, graph, first,
            max(CASE WHEN graph = 'a' THEN last END) OVER w AS last_a,
            max(CASE WHEN graph = 'b' THEN last END) OVER w AS last_b
        FROM obs SEMI JOIN shared_links USING (source, type, target) WHERE told WINDOW w AS (
            PARTITION BY source, type, target ORDER BY first
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ) WHERE CASE WHEN graph = 'b' THEN last_a ELSE last_b END >= first;
CREATE OR REPLACE TEMP TABLE rate AS
    WITH ends AS (
        SELECT e.type, sum(d.links) AS n FROM ent e JOIN degree d USING (id) GROUP BY e.type),
    b AS (SELECT e.type, count(*) AS n FROM ent e JOIN (
        SELECT source AS id FROM link_member WHERE graph = 'b' UNION ALL
        SELECT target FROM link_member WHERE graph = 'b') USING (id) GROUP BY e.type)
    SELECT type, b.n / ends.n AS rate FROM ends JOIN b USING (type);
CREATE OR REPLACE TEMP TABLE chance AS
    SELECT type, count(*) AS in_a, sum(1 - exp(-links * rate)) AS expected,
        sum(exp(-links * rate) * (1 - exp(-links * rate))) AS variance
    FROM ent SEMI JOIN (SELECT id FROM member WHERE graph = 'a') USING (id)
    JOIN degree USING (id) JOIN rate USING (type) GROUP BY type;
"""

REPORT = """
CREATE OR REPLACE TEMP TABLE report AS
SELECT s.id, (1 - log2(links) / log2((SELECT count(*) FROM ent))) * (1 - loose / 2) AS weight,
       coalesce(code, 0) AS code, unsure
FROM shared s JOIN degree USING (id) JOIN kind USING (id) LEFT JOIN same_time USING (id)
LEFT JOIN unsure USING (id) ORDER BY weight DESC
"""
PROVIDERS = """
SELECT id, graph, list(DISTINCT provenance) FROM mention SEMI JOIN (
    SELECT * FROM report LIMIT 100) USING (id) GROUP BY id, graph
"""


def duck_investigation(first: Block, second: Block) -> duckdb.DuckDBPyConnection:
    """The first block taken in, the second one lying ready in tables."""
    duck = duck_of(**merge_frames(first, "a"), **merge_frames(second, "b"))
    duck.execute(SCHEMA)
    duck.execute(OBSERVE.format(graph="a"))
    return duck


def duck_merge(duck: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Take the second block in, merge, report; how much is shared, and at the same time."""
    duck.execute(OBSERVE.format(graph="b"))
    duck.execute(MERGE)
    duck.execute(OVERLAP)
    duck.execute(REPORT)
    duck.execute(PROVIDERS).fetchall()
    entities, yes = duck.execute(
        "SELECT count(*), count(*) FILTER (code = 2) FROM report"
    ).fetchall()[0]
    links = duck.execute("SELECT count(*) FROM shared_links").fetchall()[0][0]
    return {"entities": entities, "yes": yes, "links": links}


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
