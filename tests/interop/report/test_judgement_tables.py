"""What a report says of contradictions, states, and the observations that it rests on."""

from __future__ import annotations

from pathlib import Path

from builders import graph_of, observed, state_of
from clew.analysis.overlap import overlap
from clew.graph.view import view_of
from clew.interop.report.judgement_tables import contradiction_table, state_table
from clew.interop.report.tables import links
from clew.model.marking import TLP
from clew.schema.registry import catalogue
from clew.workbench import Workbench

LINK = "a.example.org -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by dnsdb"


def test_contradictions_have_a_table_with_both_sides() -> None:
    """Two graphs that name different registrars of one domain at one time contradict."""
    kinds = catalogue()
    state = state_of(
        observed(LINK, "a.example.org has registrar=One", graph="a", at=0),
        observed(LINK, "a.example.org has registrar=Other", graph="b", at=1, run="b" * 32),
    )
    found = contradiction_table(overlap(view_of(state, "a"), view_of(state, "b"), kinds), kinds)
    assert found.title == "Contradictions of a and b"
    assert found.rows == (
        ("Domain name", "a.example[.]org", "registrar", "One", "Other", "unknown"),
    )


def test_every_period_of_a_state_has_a_row() -> None:
    """Two sinkhole periods are two rows."""
    state = graph_of(
        "192.0.2.1 is sinkhole @2014-01-01..2014-02-01 by dnsdb",
        "192.0.2.1 is sinkhole @2016-01-01..open by dnsdb",
    )
    rows = state_table(view_of(state, "main"), catalogue()).rows
    assert [row[2:4] for row in rows] == [("2014-01-01", "2014-02-01"), ("2016-01-01", "open")]


def test_links_cite_their_observations() -> None:
    """Who says so is told with the observation's id."""
    view = view_of(graph_of(LINK), "main")
    assert links(view, catalogue(), None).rows[0][-1] == ("dnsdb, 2013-01-01 to 2013-02-01 [o1.l1]")


def test_a_ceiling_holds_for_what_is_compared(tmp_path: Path) -> None:
    """An entity that is marked stricter than the report is in no table of an overlap either."""
    with Workbench.create(tmp_path / "case.clew", {"CLEW_KEYRING": "no"}) as bench:
        kinds = bench.catalogue.entity_types["domain-name"].value
        for graph in ("a", "b"):
            bench.add(
                [kinds("open.example.org"), kinds("secret.example.org")], graph=graph, label=""
            )
        from clew.commands.mark import MarkRequest

        bench.do(MarkRequest(tlp=5, entities=("secret.example.org",)))
        content = bench.report_content("a", ceiling=TLP.GREEN, beside=["b"])
    cells = [cell for table in content.tables for row in table.rows for cell in row]
    assert any("open.example" in cell for cell in cells)
    assert not any("secret" in cell for cell in cells)
