"""Hostile files through the command line: a clear error, little memory, nothing written outside."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from clew.interop.formats import formats
from clew.interop.importing import read_file
from clew.schema.registry import catalogue
from interop.archives import BAD

MEMORY_MB_MAX = 512
MAGIC = b"PK\x03\x04"
LINES = (
    b'{"clew":"link","source":{"type":"domain-name","value":"a.example"},"type":"resolves-to",'
    b'"target":{"type":"ip-address","value":"192.0.2.1"},"first":"2016","last":"2016-05-01"}\n'
)
WRITTEN = formats().writable
RUN = """
import sys
from clew.cli.app import main
sys.argv = ["clew", "import", *sys.argv[1:], "--into", "out.clew", "--json"]
try:
    main()
finally:
    lines = open("/proc/self/status").read().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    print(f"peak {peak // 1024} MB", file=sys.stderr)
"""


def written(name: str) -> bytes:
    """A small graph in a format."""
    graph = read_file(LINES, catalogue(), run="0" * 32, learnt=1, kind="jsonl").graph
    return formats().writer(name)(graph)


def graph_in_archive(text: bytes) -> bytes:
    """A Maltego graph whose XML is *text*."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("Graphs/Graph1.graphml", text)
    return sink.getvalue()


def with_magic(make: Callable[[], bytes]) -> bytes:
    """A bad archive that begins as a good one does."""
    return MAGIC + make()[4:]


def cut(name: str) -> bytes:
    """A small graph whose file ends too early."""
    return written(name)[:-25]


def turned(name: str) -> bytes:
    """A small graph in another encoding than it says."""
    return written(name).decode("latin-1").encode("utf-16")


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DEEP = 100_000
BIG = "9" * 5_000
FILES: dict[str, Callable[[], bytes]] = {
    **{f"archive: {name}": partial(with_magic, make) for name, make in BAD.items()},
    "doctype graphml": lambda: DOCTYPE + b"<graphml>&b;</graphml>",
    "doctype gexf": lambda: DOCTYPE + b"<gexf>&b;</gexf>",
    "doctype openioc": lambda: DOCTYPE + b"<ioc>&b;</ioc>",
    "doctype stix 1": lambda: DOCTYPE + b"<stix:STIX_Package>&b;</stix:STIX_Package>",
    "doctype mtgx": lambda: graph_in_archive(DOCTYPE + b"<graphml>&b;</graphml>"),
    "deep json": lambda: b'{"type":"bundle","objects":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep stix object": lambda: b'{"type":"bundle","objects":[{"type":"tool","x":'
    + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b"}]}",
    "deep misp": lambda: b'{"Event":' * DEEP,
    "deep lines": lambda: b'{"type":"domain-name","value":' + b"[" * DEEP + b"\n" + LINES,
    "deep graphml": lambda: b"<graphml>" + b"<graph>" * DEEP,
    "deep gexf": lambda: b"<gexf><graph><nodes>" + b"<node>" * DEEP,
    "deep openioc": lambda: b"<ioc><definition>" + b"<Indicator>" * DEEP,
    "deep stix 1": lambda: b"<stix:STIX_Package xmlns:stix='x'>" + b"<a>" * DEEP,
    "deep mtgx": lambda: graph_in_archive(b"<graphml>" + b"<graph>" * DEEP),
    "huge numbers": lambda: (
        '{"type":"bundle","spec_version":"2.1","objects":[{"type":"autonomous-system","number":'
        f'{BIG}}},{{"type":"location","latitude":1e999999,"id":"location--1","name":"x"}},'
        f'{{"type":"observed-data","number_observed":{BIG},"first_observed":"{BIG}-01-01"}}]}}'
    ).encode(),
    "huge numbers in lines": lambda: (
        f'{{"clew":"entity","type":"tag","value":"a","place":[{BIG},1e308],"tlp":{BIG}}}\n'
        f'{{"clew":"note","text":"n","written":{BIG}}}\n'
    ).encode(),
    "huge numbers in pdns": lambda: (
        f'{{"rrname":"a.example","rrtype":"A","rdata":"192.0.2.1","time_first":{BIG},'
        f'"time_last":1e300,"count":{BIG}}}\n'
    ).encode(),
    "half a letter": lambda: b'{"type":"bundle","objects":[{"type":"tool","name":"\xc3"}]}',
    "surrogates": lambda: b'{"type":"bundle","objects":[{"type":"tool","name":"\\ud800"}]}',
    "utf-16 cut": lambda: '{"type":"bundle"}'.encode("utf-16")[:-1],
    "empty": lambda: b"",
    **{f"cut {name}": partial(cut, name) for name in WRITTEN},
    **{f"turned {name}": partial(turned, name) for name in WRITTEN},
}  # fmt: skip


@pytest.mark.assurance("malformed-files", "resources")
@pytest.mark.parametrize("group", range(6))
def test_hostile_files_end_in_words(group: int, tmp_path: Path) -> None:
    """Each file is read, or refused with its reason; no trace, little memory, one file written."""
    names = sorted(FILES)[group::6]
    for at, name in enumerate(names):
        (tmp_path / f"{at}.bin").write_bytes(FILES[name]())
    before = {path.name for path in tmp_path.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *(f"{at}.bin" for at in range(len(names)))],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    files = json.loads(done.stdout)["files"]
    assert len(files) == len(names)
    for name, one in zip(names, files, strict=True):
        refused = one.get("error", "")
        assert refused or "entities" in one, name
        if name.startswith(("archive", "doctype", "empty", "deep misp", "deep stix")):
            assert refused, name
        assert "configuration" not in refused, name
    peak = int(done.stderr.rsplit("peak ", 1)[1].split()[0])
    assert peak < MEMORY_MB_MAX, f"{peak} MB"
    after = {path.name for path in tmp_path.iterdir()} - before - {".local", ".config", ".cache"}
    assert after <= {"out.clew"}
