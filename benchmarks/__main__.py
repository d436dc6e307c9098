"""
``./dev bench core [--quick]``: measures, prints, and writes the tables to a file.

``./dev bench --compare`` sets the latest figures beside those of earlier runs on this machine,
and ends with 1 where one is a quarter worse (benchmarks/results.py).
``./dev bench graphs NAME FILE`` writes a graph that is measured with (benchmarks/graphs.py).
"""

from __future__ import annotations

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import analysis
import campaigns
import changes
import extract
import fanout
import files
import graphs
import growing
import interop
import layouts
import page
import results
import service_load
import storing

SUITES = {
    "core": (fanout, storing, analysis, layouts),
    "analysis": (analysis,),
    "store": (storing,),
    "growing": (growing,),
    "layout": (layouts,),
    "page": (page,),
    "changes": (changes,),
    "campaigns": (campaigns,),
    "interop": (interop, files),
    "files": (files,),
    "extract": (extract,),
    "service": (service_load,),
}
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"


def main() -> None:
    """Measure the suite named, and put its table into the page."""
    words = sys.argv[1:] or ["core"]
    if words[0] == "graphs":
        graphs.main()
        return
    if words[0] == "--compare":
        lines = list(results.compared())
        sys.stdout.writelines(f"{line}\n" for line, _ in lines)
        sys.exit(any(regressed for _, regressed in lines))
    quick = "--quick" in words
    name = next((word for word in words if not word.startswith("-")), "core")
    if name not in SUITES:
        sys.exit(f"bench: there is no suite {name!r}; known: {', '.join(SUITES)}")
    rows = [row for suite in SUITES[name] for row in suite.run(quick)]
    table = "\n".join(_table(rows))
    sys.stdout.write(table + "\n")
    if not quick:
        results.keep(rows)
    if not quick and name == "core":
        text = PAGE.read_text("utf-8")
        head, tail = text.split(BEGIN)[0], text.split(END)[1]
        when = f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, 2 cores"
        PAGE.write_text(f"{head}{BEGIN}\nMeasured {when}.\n\n{table}\n{END}{tail}", "utf-8")


def _table(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["| path | ours | goal | peer | peer's | ratio |", "|---|---|---|---|---|---|"]
    for row in rows:
        peer = "-" if row["peer"] is None else f"{row['peer']:.3g} {row['unit']}"
        ratio = "-" if row["ratio"] is None else f"{row['ratio']:.2g}x"
        goal = row["goal"] if row["goal"] == "-" else f"{row['goal']} {row['unit']}"
        lines.append(
            f"| {row['name']} | {row['ours']:.3g} {row['unit']} | {goal} | "
            f"{row.get('peer_name') or '-'} | {peer} | {ratio} |"
        )
    return lines


main()
