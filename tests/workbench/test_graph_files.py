"""Files in and out through the façade: bytes stay, parts that have no word come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.commands.mark import MarkRequest
from clew.interop.formats import formats
from clew.interop.importing import read_file
from clew.model.marking import TLP
from clew.store import replies
from clew.workbench import Workbench
from corpus.files import corpus


def imported(bench: Workbench, data: bytes) -> int:
    file = read_file(data, bench.catalogue, run="0" * 32, learnt=1)
    return bench.import_graph(file, data, graph="main", label="Import")


def test_a_graph_goes_out_with_what_its_file_had(tmp_path: Path) -> None:
    """Icons and definitions of a Maltego graph go out again; they count as the default."""
    data = corpus("mtgx/client3-xml10.mtgx").read_bytes()
    with Workbench.create(tmp_path / "a.clew", {}) as bench:
        assert imported(bench, data) > 0
        assert bench.export_graph("main", "mtgx").rest
        assert bench.export_graph("main", "mtgx", ceiling=TLP.GREEN).rest
        assert not bench.export_graph("main", "mtgx", ceiling=TLP.CLEAR).rest
        links = len(bench.view("main").links)
        assert len(bench.export_graph("main", "stix").scores) <= links
        assert formats().writer("stix")(bench.export_graph("main", "stix"))


def test_a_file_over_what_a_reply_may_have_is_read_but_not_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graph is there, its bytes are not."""
    monkeypatch.setattr(replies, "REPLY_BYTES_MAX", 10)
    with Workbench.create(tmp_path / "a.clew", {}) as bench:
        imported(bench, b"domain,ip\na.example,192.0.2.1\n")
        (record,) = bench.state.provenances.records
        assert bench.case.store.reply(record.reply) is None
        assert len(bench.view("main").links) == 1


def test_what_stood_beside_a_graph_stays_where_part_of_the_graph_does(tmp_path: Path) -> None:
    """What has no word here may speak of what is held, so it leaves with all of it or not."""
    data = corpus("mtgx/client3-xml10.mtgx").read_bytes()
    with Workbench.create(tmp_path / "a.clew", {}) as bench:
        imported(bench, data)
        one = bench.view("main").entity_records()[0]
        bench.do(MarkRequest(tlp=5, entities=(one.value,)))
        assert not bench.export_graph("main", "mtgx").rest
        assert bench.export_graph("main", "mtgx", ceiling=TLP.RED).rest


def test_a_file_lowers_no_marking(tmp_path: Path) -> None:
    """What is marked here stays so when a file says less; a file that says more is heard."""
    with Workbench.create(tmp_path / "a.clew", {}) as bench:
        for tlp in (5, 1, 3):
            line = f'{{"type":"domain-name","value":"a.example","tlp":{tlp}}}\n'
            imported(bench, line.encode())
            assert not len(bench.shareable("main", TLP.AMBER_STRICT).view.entities)
        imported(bench, b'{"type":"domain-name","value":"b.example","tlp":1}\n')
        assert len(bench.shareable("main", TLP.CLEAR).view.entities) == 1
        imported(bench, b'{"type":"domain-name","value":"b.example","tlp":3}\n')
        assert not len(bench.shareable("main", TLP.GREEN).view.entities)
