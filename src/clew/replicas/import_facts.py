"""A scenario made from the facts folders' own layouts (docs/reference/cases.md)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clew.errors import InvalidValue
from clew.replicas.facts_report import read_report
from clew.replicas.facts_walkthrough import read_walkthrough
from clew.replicas.scenario import Scenario, load_scenario
from clew.replicas.write_scenario import Tables, write_scenario

LAYOUTS: dict[str, Callable[[Path], tuple[dict[str, Any], Tables]]] = {
    "threatconnect_incidents.json": read_walkthrough,
    "incident.json": read_report,
}
"""Reader of each layout, by the file that marks it."""


def import_facts(src: Path, dest: Path) -> Scenario:
    """
    The scenario in the folder *dest*, written from the facts folder *src*.

    The same facts give the same bytes; tables of an earlier import are replaced.

    Raises:
        InvalidValue: The folder has neither of the layouts that are known, or a file in it
            does not read as its layout says.
    """
    read = next((read for mark, read in LAYOUTS.items() if (src / mark).is_file()), None)
    if read is None:
        raise InvalidValue(
            "facts folder", src, "it has no layout that is known",
            helps=f"It needs one of: {', '.join(LAYOUTS)}.",
        )  # fmt: skip
    try:
        about, tables = read(src)
    except KeyError as error:
        raise InvalidValue("facts folder", src, f"a table in it has no {error}") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise InvalidValue("facts folder", src, str(error)) from error
    used = {row.source.split(" ")[0] for rows in tables.values() for row in rows if _source(row)}
    sources = {key: content for key, content in _sources(src).items() if key in used}
    write_scenario(dest, about, tables, sources)
    return load_scenario(dest)


def _source(row: object) -> bool:
    return bool(getattr(row, "source", ""))


def _sources(src: Path) -> dict[str, Any]:
    """The nearest ``sources.json`` at or above the folder, two levels up at most."""
    for folder in (src, *list(src.resolve().parents)[:2]):
        if (folder / "sources.json").is_file():
            content = json.loads((folder / "sources.json").read_text("utf-8"))
            return content if isinstance(content, dict) else {}
    return {}
