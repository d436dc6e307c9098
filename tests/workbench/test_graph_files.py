"""Files in and out through the façade: bytes stay, parts that have no word come back."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    """Icons and definitions of a Maltego graph go out again; under a ceiling they stay."""
    data = corpus("mtgx/client3-xml10.mtgx").read_bytes()
    with Workbench.create(tmp_path / "a.clew", {}) as bench:
        assert imported(bench, data) > 0
        assert bench.export_graph("main", "mtgx").rest
        assert not bench.export_graph("main", "mtgx", ceiling=TLP.GREEN).rest
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
