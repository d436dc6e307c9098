"""A report of which every text is a payload."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from clew.graph.sharing import Ceiling, shareable
from clew.graph.view import view_of
from clew.interop.report.content import ReportContent, report_content
from clew.model.interval import Window
from clew.model.marking import TLP
from clew.schema.registry import catalogue
from clew.store.investigation import Investigation
from service.hostile import PAYLOADS, write


@contextmanager
def hostile_contents(folder: Path, ceiling: TLP = TLP.RED) -> Iterator[ReportContent]:
    """150 payloads in values, properties, notes, sources, states and names."""
    write(folder / "hostile.clew")
    with Investigation.open(folder / "hostile.clew") as case:
        yield report_content(
            shareable(view_of(case.state, PAYLOADS[1]), Ceiling(ceiling)), catalogue(),
            title=PAYLOADS[0], marking=PAYLOADS[2],
            window=Window.parse("2013"), undated=PAYLOADS[3], log_digest="0" * 64,
            at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip
