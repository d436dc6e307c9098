"""The report as Markdown."""

from __future__ import annotations

from pathlib import Path

from clew.interop.report.markdown import markdown
from interop.report.hostile import hostile_contents


def test_no_value_ends_its_cell_or_becomes_markup(tmp_path: Path) -> None:
    """Every row has as many cells as its head; outside of code spans no element or link begins."""
    with hostile_contents(tmp_path) as content:
        text = markdown(content)
    columns = 0
    for line in text.splitlines():
        if line.startswith("|---"):
            continue
        if line.startswith("|"):
            cells = line.replace("\\|", "").count("|") - 1
            if not columns:
                columns = cells
            assert cells == columns, line
            outside = "".join(line.replace("\\`", "").split("`")[::2])
            assert "<" not in outside.replace("\\<", "")
            continue
        columns = 0
        assert "<" not in line.replace("\\<", ""), line
        assert "](" not in line
