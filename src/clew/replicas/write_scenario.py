"""Writing a scenario's folder: case.yaml, tables and README; the same bytes for the same facts."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import yaml

from clew.replicas.scenario import TABLES

Tables = dict[str, list[Any]]
LICENCE = "The compilation is part of Clew (Apache-2.0). Facts as such are nobody's."


def write_scenario(
    folder: Path, about: Mapping[str, Any], tables: Tables, sources: Mapping[str, Any]
) -> None:
    """Write all files of a scenario; a table without rows has no file."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {**about, "licence": LICENCE}
    if sources:
        content["sources"] = {key: dict(source) for key, source in sorted(sources.items())}
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    (folder / "case.yaml").write_text(text, "utf-8")
    (folder / "README.md").write_text(_readme(about, tables, sources), "utf-8")
    for name, kind in TABLES.items():
        _write(folder / f"{name}.csv", kind, tables.get(name, []))


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a facts folder's table; empty cells are empty texts."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: value or "" for name, value in row.items() if name}
            for row in csv.DictReader(file, strict=True)
        ]


def join_pairs(**parts: str) -> str:
    """A *detail* or *attributes* column; names have hyphens for underscores, empty ones go."""
    return "|".join(
        f"{name.replace('_', '-')}={_plain(value)}" for name, value in parts.items() if value
    )


def join_names(*names: str) -> str:
    """A column of names."""
    return "|".join(dict.fromkeys(_plain(name) for name in names if name))


def yes_or_no(text: str) -> str:
    """``yes`` or ``no`` from a text that begins so; empty where it says neither."""
    answer = text.strip().lower()
    return "yes" if answer.startswith("yes") else "no" if answer.startswith("no") else ""


def from_page(row: Mapping[str, str]) -> str:
    """The source column of a row with ``source`` and ``page``."""
    page = row.get("page", "")
    return f"{row.get('source', '')} page {page}" if page else row.get("source", "")


def _plain(text: str) -> str:
    return text.replace("|", "/")


def _write(path: Path, kind: type[Any], rows: Sequence[Any]) -> None:
    if not rows:
        path.unlink(missing_ok=True)
        return
    names = [f.name for f in fields(kind)]
    records = [asdict(row) for row in rows]
    needed = set(names[: len(names) - _optional(kind)])
    names = [name for name in names if name in needed or any(row[name] for row in records)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(records)


def _optional(kind: type[Any]) -> int:
    return sum(f.default == "" for f in fields(kind))


def _readme(about: Mapping[str, Any], tables: Tables, sources: Mapping[str, Any]) -> str:
    lines = [f"# {about['title']}", ""]
    if about.get("synthetic"):
        lines += [
            "Made up for this project: no row is a fact.",
            "Names end in `.example`, addresses are from the documentation ranges.",
        ]
    else:
        lines += [
            "Real facts from public reports, compiled for this project in our own words.",
            "The names and addresses are hostile: look nothing up and open nothing.",
            "Each row says in its column `source` where it was read.",
        ]
    lines += ["", f"Collected as of {about['as_of']}.", LICENCE, ""]
    for key, source in sorted(sources.items()):
        parts = [source.get("title"), source.get("publisher"), source.get("published")]
        lines.append(f"- {key}: {', '.join(str(part) for part in parts if part)}")
    lines += ["", "| table | rows |", "| --- | --- |"]
    lines += [f"| {name}.csv | {len(tables[name])} |" for name in TABLES if tables.get(name)]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"
