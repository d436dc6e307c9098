"""A scenario: a folder of facts that replicas answer from (docs/reference/cases.md)."""

from __future__ import annotations

import csv
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from clew.errors import InvalidValue, UnknownName
from clew.replicas.fact import (
    Address,
    Association,
    Attribute,
    Group,
    HostingPeriod,
    IncidentFact,
    Indicator,
    Registration,
    Resolution,
    RunFact,
    SandboxRun,
    Zone,
)

__all__ = [
    "ROWS_MAX",
    "TABLES",
    "Address",
    "Association",
    "Attribute",
    "Group",
    "HostingPeriod",
    "IncidentFact",
    "Indicator",
    "Registration",
    "Resolution",
    "RunFact",
    "SandboxRun",
    "Scenario",
    "Zone",
    "load_scenario",
    "pairs",
    "parse_pairs",
    "shipped_scenarios",
    "words",
]

ROWS_MAX = 200_000
"""Most rows of one table of a scenario."""
FILE_BYTES_MAX = 64 * 1024 * 1024
"""Largest table of a scenario, in bytes."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """All facts of a scenario."""

    folder: Path
    name: str
    title: str
    as_of: str
    """The day on which the facts were collected; "still" means on that day."""
    synthetic: bool = False
    playbook: str = "walkthrough"
    """Name of a shipped playbook, or of a YAML file in the folder."""
    parameters: dict[str, Any] = field(default_factory=dict)
    """What the playbook is run with."""
    owners: tuple[str, ...] = ()
    incidents: tuple[IncidentFact, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    groups: tuple[Group, ...] = ()
    associations: tuple[Association, ...] = ()
    runs: tuple[SandboxRun, ...] = ()
    run_facts: tuple[RunFact, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    addresses: tuple[Address, ...] = ()
    registrations: tuple[Registration, ...] = ()
    hostings: tuple[HostingPeriod, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    zones: tuple[Zone, ...] = ()


TABLES: dict[str, type[Any]] = {
    "incidents": IncidentFact,
    "indicators": Indicator,
    "groups": Group,
    "associations": Association,
    "runs": SandboxRun,
    "run_facts": RunFact,
    "resolutions": Resolution,
    "addresses": Address,
    "registrations": Registration,
    "hostings": HostingPeriod,
    "attributes": Attribute,
    "zones": Zone,
}
"""Each table is the file ``<name>.csv`` with the record's fields as its header."""

T = TypeVar("T")


def shipped_scenarios() -> dict[str, Path]:
    """Folders of the scenarios that come with the package, by name."""
    root = Path(__file__).parent / "cases"
    return {found.parent.name: found.parent for found in sorted(root.glob("*/case.yaml"))}


def load_scenario(name_or_folder: str | Path) -> Scenario:
    """
    The scenario of that shipped name, or in that folder.

    Raises:
        UnknownName: Neither a shipped name nor a folder with a ``case.yaml``.
        InvalidValue: A table has a wrong header or is over the bounds.
    """
    shipped = shipped_scenarios()
    folder = shipped.get(str(name_or_folder), Path(name_or_folder))
    about = folder / "case.yaml"
    if not about.is_file():
        raise UnknownName("case", str(name_or_folder), known=tuple(shipped))
    document = _about(about)
    tables: dict[str, Any] = {
        name: _rows(folder / f"{name}.csv", kind) for name, kind in TABLES.items()
    }
    return Scenario(
        folder, owners=tuple(map(str, document.pop("owners", None) or ())), **document, **tables
    )


def _about(path: Path) -> dict[str, Any]:
    """The members of ``case.yaml`` that a scenario has."""
    try:
        document = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidValue("case", path, f"it can't be read: {error}") from error
    if not isinstance(document, dict):
        raise InvalidValue("case", path, "it is no mapping")
    known = {f.name for f in fields(Scenario)} - set(TABLES) - {"folder"}
    for unknown in sorted(map(str, set(document) - known - {"sources", "licence"})):
        raise InvalidValue("case", path, f"it has the unknown member {unknown}")
    for missing in sorted({"name", "title", "as_of"} - set(document)):
        raise InvalidValue("case", path, f"it says no {missing}")
    document["as_of"] = str(document["as_of"])
    for name, kind in (("owners", list), ("parameters", dict)):
        if not isinstance(document.get(name) or kind(), kind):
            raise InvalidValue("case", path, f"its {name} are no {kind.__name__}")
    return {name: value for name, value in document.items() if name in known}


def pairs(text: str) -> dict[str, str]:
    """The ``name=value`` pairs of a *detail* column."""
    return dict(part.partition("=")[::2] for part in text.split("|") if "=" in part)


def parse_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Name and value of each ``name=value`` in order; a name may come again."""
    parts = (part.partition("=") for part in text.split("|") if "=" in part)
    return tuple((name, value) for name, _, value in parts)


def words(text: str) -> tuple[str, ...]:
    """The names of a column that joins them by ``|``."""
    return tuple(part for part in text.split("|") if part)


def _rows(path: Path, kind: type[T]) -> tuple[T, ...]:
    if not path.is_file():
        return ()
    if path.stat().st_size > FILE_BYTES_MAX:
        raise InvalidValue("case table", path, f"it is over {FILE_BYTES_MAX} bytes")
    known = {f.name: f.default is MISSING for f in fields(kind)}  # type: ignore[arg-type]
    found: list[T] = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = set(reader.fieldnames or ())
            for strange in sorted(header - set(known)):
                raise InvalidValue("case table", path, f"its column {strange} is unknown")
            for missing in sorted({name for name, needed in known.items() if needed} - header):
                raise InvalidValue("case table", path, f"it has no column {missing}")
            for row in reader:
                if len(found) >= ROWS_MAX:
                    raise InvalidValue("case table", path, f"it has over {ROWS_MAX} rows")
                if None in row:
                    raise InvalidValue("case table", path, f"line {reader.line_num} is too long")
                found.append(kind(**{name: value or "" for name, value in row.items()}))
    except (csv.Error, UnicodeDecodeError) as error:
        raise InvalidValue("case table", path, f"it can't be read: {error}") from error
    return tuple(found)
