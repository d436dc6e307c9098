"""The columns of Arrow tables: one declaration for the service and the page."""

from __future__ import annotations

import re
from pathlib import Path

from builders import graph_of
from clew.graph.view import view_of
from clew.service.columns import CHANGES, OBSERVATIONS, TABLES, typescript
from clew.service.tables import observation_table

PAGE = Path(__file__).parents[2] / "web" / "src" / "api" / "columns.ts"


def test_the_page_has_the_service_s_columns() -> None:
    """What ``./dev types`` writes is in the page."""
    assert PAGE.read_text("utf-8") == typescript()


def test_each_column_is_typed_described_and_checked() -> None:
    """The made text has one type a table, a line for each column, and the constant to check by."""
    text = typescript()
    for table in CHANGES:
        (body,) = re.findall(rf"export type {table.name} = {{\n(.*?)}};", text, re.DOTALL)
        typed = dict(re.findall(r"^  (\w+): (\w+);$", body, re.MULTILINE))
        assert list(typed) == [one.name for one in table.columns]
        assert all(f"/** {one.about} */" in body for one in table.columns)
        for one in table.columns:
            wanted = {"text": "string", "word": "string"}.get(one.kind, one.kind)
            assert typed[one.name] == wanted
    assert "export const ENTITY_COLUMNS = {" in text
    assert "export const OBSERVATION_COLUMNS = {" in text


def test_what_changes_is_told_in_the_columns_of_the_whole_tables() -> None:
    """Each column of a changed row is one of the table that is asked for by itself."""
    for changed, whole in zip(CHANGES[:-1], TABLES, strict=True):
        names = [one.name for one in changed.columns][2:]
        assert names == [one.name for one in whole.columns if one.name != "row"]


def test_observations_have_their_columns_and_dates_as_told() -> None:
    """One row an observation of a link, in order; ends that are unknown or open say so."""
    view = view_of(
        graph_of(
            "a.example -resolves-to-> 192.0.2.1 @2013-01..2013-02-03 by dnsdb",
            "a.example -resolves-to-> 192.0.2.1 @?..open by census",
        ),
        "main",
    )
    table = observation_table(view)
    assert table.schema == OBSERVATIONS.schema
    assert table.select("link", "first", "last", "provider").rows() == [
        (0, "2013-01", "2013-02-03", "dnsdb"),
        (0, "unknown", "open", "census"),
    ]
    empty = observation_table(view_of(graph_of("a.example"), "main"))
    assert (empty.height, empty.schema) == (0, OBSERVATIONS.schema)
