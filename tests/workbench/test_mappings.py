"""Saved mappings: found by the header of a table, and never by anything else."""

from __future__ import annotations

import gzip
from pathlib import Path

from clew.interop.table.guess import guess
from clew.interop.table.mapping import mapping_from_json
from clew.interop.table.sheet_files import read_cells
from clew.schema.registry import catalogue
from clew.workbench.mappings import save_mapping, saved_mapping

TABLE = b"left,right,when\na.example,192.0.2.1,2015-03-03\n"


def test_a_mapping_is_found_by_its_header(tmp_path: Path) -> None:
    """Another table with the same header, packed or not, takes it; other files do not."""
    environment = {"CLEW_HOME": str(tmp_path)}
    assert saved_mapping(TABLE, environment) == ""
    cells, _ = read_cells(TABLE)
    mapping = guess(cells, catalogue())
    path = save_mapping(mapping, environment)
    assert mapping_from_json(saved_mapping(TABLE, environment)) == mapping
    assert saved_mapping(gzip.compress(TABLE, mtime=0), environment)
    for other in (b"other,header\n1,2\n", b"just a text", b"\x1f\x8bxx"):
        assert saved_mapping(other, environment) == ""
    assert save_mapping(mapping, environment) == path
    (path.parent / "broken.json").write_text("{")
    assert saved_mapping(TABLE, environment)
