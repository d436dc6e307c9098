"""Exports beside an investigation."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import graph_of
from clew.errors import InvalidValue, UnknownName
from clew.graph.view import view_of
from clew.interop.export import write_export

VIEW = view_of(graph_of("a.example"), "main")


@pytest.mark.parametrize("name", ["../x", "/x", "a/b", ".hidden", "", "a\x00b", "x" * 200])
def test_a_name_is_no_path(name: str, tmp_path: Path) -> None:
    """Nothing is written outside of the folder."""
    with pytest.raises(InvalidValue):
        write_export(VIEW, "csv", name, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_and_formats_are_known(tmp_path: Path) -> None:
    """A second file gets a number; an unknown format names those there are."""
    assert [write_export(VIEW, "jsonl", "x", folder=tmp_path) for _ in "ab"] == [
        "x.jsonl",
        "x 2.jsonl",
    ]
    with pytest.raises(UnknownName, match="csv"):
        write_export(VIEW, "exe", "x", folder=tmp_path)
