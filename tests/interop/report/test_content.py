"""What a report says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from builders import graph_of, whole
from clew.graph.view import view_of
from clew.interop.report.content import report_content
from clew.model.interval import Window
from clew.schema.registry import catalogue


def test_it_says_from_what_and_how() -> None:
    """Counts, window with its policy, what stands out, indicators by type, sources, digest."""
    view = view_of(
        graph_of(
            "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by circl",
            "b.example -resolves-to-> 192.0.2.1 by dnsdb",
        ),
        "main",
    )
    content = report_content(
        whole(view), catalogue(), title="Case", marking="", window=Window.parse("2013"),
        undated="drop", at=datetime(2026, 1, 1, tzinfo=UTC), log_digest="ab" * 32,
    )  # fmt: skip
    assert content.summary[0] == "Graph main: 3 entities, 2 links (2 domain names, 1 ip address)."
    assert content.summary[1].startswith("Links within 2013-01-01..2013-12-31: 1 of 2")
    assert content.marking == "unmarked"
    assert "counts as outside" in content.method[0]
    assert "ab" * 32 in content.stamp
    tables = {one.title: one for one in content.tables}
    assert tables["What stands out"].rows[0][1] == "192.0.2[.]1"
    assert tables["Indicators: Domain names"].rows == (("a[.]example",), ("b[.]example",))
    assert {row[0] for row in tables["Sources"].rows} == {"circl", "dnsdb"}
    assert len(content.figures) == 2


def test_the_picture_of_a_large_graph_is_bounded_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of any size ends: its picture shows the most linked, and its counts are of all."""
    monkeypatch.setattr("clew.interop.report.content.DRAWN_MAX", 3)
    view = view_of(
        graph_of(*(f"h{at}.example -resolves-to-> 192.0.2.1" for at in range(9))), "main"
    )
    content = report_content(
        whole(view), catalogue(), title="Case", marking="", window=None, undated="keep",
        at=datetime(2026, 1, 1, tzinfo=UTC), log_digest="",
    )  # fmt: skip
    caption = "Graph main: 3 entities with most links of 10 are drawn, and 2 links of 9"
    assert content.figures[0].caption == caption
    assert content.summary[0].startswith("Graph main: 10 entities, 9 links")
