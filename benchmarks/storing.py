"""Figures of the file: import, size, reopening, small durable changes."""

from __future__ import annotations

import gc
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import duckdb
import numpy as np

from clew.graph.view import view_of
from clew.model.block import Block
from clew.model.change import Change, Label
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from figure import Row, figure
from made import made_block, made_change

SMALL = 300
REOPEN = """
import sys, time
from pathlib import Path
from clew.graph.view import view_of
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
start = time.perf_counter()
case = Investigation.open(sys.argv[1], machine=MachineFolder(Path(sys.argv[2])))
len(view_of(case.state, "a").links)
print(time.perf_counter() - start)
"""


def run(quick: bool = False) -> list[Row]:
    """The rows: name with the size, ours, peer, ratio, unit, goal, peer_name."""
    size = (100_000, 500_000) if quick else (1_000_000, 5_000_000)
    name = f"{size[0]:,} entities, {size[1]:,} links"
    block = made_block(*size)
    with tempfile.TemporaryDirectory() as told:
        folder = Path(told)
        rows = imported(block, folder, name)
        rows += small_changes(folder)
    return rows


def imported(block: Block, folder: Path, name: str) -> list[Row]:
    """Columns in, durable and queryable; the peer loads the same rows into indexed tables."""
    path, machine = folder / "big.clew", MachineFolder(folder / "machine")
    gc.collect()
    start = perf_counter()
    case = Investigation.create(path, machine=machine)
    case.append([made_change(block, "a")])
    len(view_of(case.state, "a").links)
    case.state.links.at(np.asarray([0], np.int32))
    mine = perf_counter() - start
    case.save_snapshot()
    start = perf_counter()
    case.save_snapshot()
    snapshot_s = perf_counter() - start
    case.close()
    log_mb = path.stat().st_size / 1e6
    snapshot_mb = sum(one.stat().st_size for one in machine.snapshots.rglob("*.snapshot")) / 1e6
    # As an analyst does it: in a process that has nothing open yet.
    command = [sys.executable, "-c", REOPEN, str(path), str(machine.folder)]
    reopened = min(
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    peer, peer_mb = duck_load(block, folder)
    return [
        figure(f"import, durable and queryable, {name}", mine, peer, "s", "<= 6", "DuckDB"),
        figure(f"file of the log, {name}", log_mb, peer_mb, "MB", "<= 150", "DuckDB"),
        figure(f"snapshots of this machine, {name}", snapshot_mb, None, "MB", "-"),
        figure(f"writing the snapshot, {name}", snapshot_s, None, "s", "-"),
        figure(f"reopen, chain verified, best of 3, {name}", reopened, None, "s", "<= 1"),
    ]


def duck_load(block: Block, folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of DuckDB with the same rows and an index both ways."""
    block.entities.with_row_index("row").write_parquet(folder / "e.parquet")
    block.links.write_parquet(folder / "l.parquet")
    path = folder / "big.duckdb"
    start = perf_counter()
    duck = duckdb.connect(str(path))
    duck.execute(f"CREATE TABLE e AS SELECT * FROM '{folder / 'e.parquet'}'")
    duck.execute(f"CREATE TABLE l AS SELECT * FROM '{folder / 'l.parquet'}'")
    duck.execute("CREATE INDEX by_source ON l (source)")
    duck.execute("CREATE INDEX by_target ON l (target)")
    duck.execute("CHECKPOINT")
    taken = perf_counter() - start
    duck.close()
    return taken, path.stat().st_size / 1e6


def small_changes(folder: Path) -> list[Row]:
    """A small change, on disk when it returns; the peer is one inserted row, as durable."""
    with Investigation.create(folder / "small.clew") as case:
        case.append([made_change(made_block(1_000, 2_000), "a")])
        ids = case.state.entities.id(0)
        mine = []
        for at in range(SMALL):
            change = Change(Label("tag", ids, f"t{at}"), at, f"a{at}", "tag")
            start = perf_counter()
            case.append([change])
            mine.append(perf_counter() - start)
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("PRAGMA synchronous=FULL")
    plain.execute("CREATE TABLE t (at INTEGER PRIMARY KEY, what TEXT)")
    peer = []
    for at in range(SMALL):
        start = perf_counter()
        plain.execute("INSERT INTO t VALUES (?, ?)", (at, f"tag t{at}"))
        peer.append(perf_counter() - start)
    plain.close()
    rows = []
    for share, goal in ((50, "<= 1"), (99, "-")):
        ours, theirs = (float(np.percentile(times, share)) * 1e3 for times in (mine, peer))
        who = "a plain SQLite row"
        rows.append(
            figure(f"small durable change p{share}, {SMALL} changes", ours, theirs, "ms", goal, who)
        )
    return rows
