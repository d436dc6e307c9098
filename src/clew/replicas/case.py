"""A case: a folder of vendor-neutral facts that replicas answer from (docs/reference/cases.md)."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml

from clew.errors import InvalidValue, UnknownName

ROWS_MAX = 200_000
"""Most rows of one table of a case."""
FILE_BYTES_MAX = 64 * 1024 * 1024
"""Largest table of a case, in bytes."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident of a threat platform. Dates are texts: a day, a month or nothing."""

    id: str
    name: str
    owner: str
    event_date: str = ""
    date_added: str = ""
    description: str = ""
    tags: str = ""
    """Names, joined by ``|``."""
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of an incident, with the wire's type names (Host, Address, URL, File …)."""

    incident: str
    type: str
    value: str
    rating: str = ""
    confidence: str = ""
    tags: str = ""
    description: str = ""
    date_added: str = ""
    attributes: str = ""
    """``Name=value``, joined by ``|``."""


@dataclass(frozen=True, slots=True)
class Group:
    """Something else that an incident is associated with: Adversary, Malware, Vulnerability …"""

    incident: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Association:
    """Two indicators that a community holds for related, and why."""

    type: str
    value: str
    with_type: str
    with_value: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One sandbox run of a file."""

    id: str
    md5: str = ""
    sha1: str = ""
    sha256: str = ""
    filename: str = ""
    submitted: str = ""
    threat_score: str = ""
    tags: str = ""
    private: str = ""


@dataclass(frozen=True, slots=True)
class RunFact:
    """What a run did; *kind* is one of the KINDS."""

    run: str
    kind: str
    value: str
    detail: str = ""
    """``name=value``, joined by ``|``: method of a URL, score of a behaviour …"""

    KINDS: ClassVar[tuple[str, ...]] = (
        "domain", "address", "url", "user-agent", "mutex", "registry-key", "dropped-file",
        "behaviour", "url-path",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolution:
    """A passive DNS row."""

    name: str
    type: str
    value: str
    first_seen: str = ""
    last_seen: str = ""
    sources: str = ""
    """Sensors, joined by ``|``."""
    still_open: str = ""
    """``yes`` where it still resolved at the date of the last sighting."""


@dataclass(frozen=True, slots=True)
class Address:
    """Details of an address."""

    address: str
    network: str = ""
    """CIDR or ``first-last``."""
    asn: str = ""
    as_name: str = ""
    country: str = ""
    city: str = ""
    hosting: str = ""
    sinkhole: str = ""
    sinkhole_since: str = ""
    parked: str = ""
    ever_compromised: str = ""
    tags: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """The registrant of a domain for a time. An empty end is unknown, ``open`` goes on."""

    domain: str
    seen_from: str = ""
    seen_to: str = ""
    open_end: str = ""
    """``yes`` where *seen_to* is only the last look."""
    email: str = ""
    name: str = ""
    organisation: str = ""
    country: str = ""
    registrar: str = ""
    private: str = ""
    """``yes`` where a privacy service stands in for the registrant."""


@dataclass(frozen=True, slots=True)
class Hosting:
    """A domain on an address for a time; an empty end is still open at the case's date."""

    domain: str
    address: str
    seen_from: str
    seen_to: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A web fact of a host: tracker, component, host pair, certificate, cookie."""

    host: str
    kind: str
    """``tracker``, ``component``, ``pair`` (value = child host), ``certificate`` (SHA-1)."""
    value: str
    detail: str = ""
    """``name=value``, joined by ``|``."""
    first_seen: str = ""
    last_seen: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone in which a dynamic DNS provider hands out names."""

    zone: str


@dataclass(frozen=True, slots=True)
class Case:
    """All facts of a case."""

    folder: Path
    name: str
    title: str
    as_of: str
    """The day on which the facts were collected; "still" means on that day."""
    synthetic: bool = False
    playbook: str = "walkthrough"
    """Name of a shipped playbook, or of a YAML file in the folder."""
    parameters: dict[str, Any] = field(default_factory=dict)
    """What the playbook is played with."""
    owners: tuple[str, ...] = ()
    incidents: tuple[Incident, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    groups: tuple[Group, ...] = ()
    associations: tuple[Association, ...] = ()
    runs: tuple[Run, ...] = ()
    run_facts: tuple[RunFact, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    addresses: tuple[Address, ...] = ()
    registrations: tuple[Registration, ...] = ()
    hostings: tuple[Hosting, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    zones: tuple[Zone, ...] = ()


TABLES: dict[str, type[Any]] = {
    "incidents": Incident,
    "indicators": Indicator,
    "groups": Group,
    "associations": Association,
    "runs": Run,
    "run_facts": RunFact,
    "resolutions": Resolution,
    "addresses": Address,
    "registrations": Registration,
    "hostings": Hosting,
    "attributes": Attribute,
    "zones": Zone,
}
"""Each table is the file ``<name>.csv`` with the record's fields as its header."""

T = TypeVar("T")


def shipped_cases() -> dict[str, Path]:
    """Folders of the cases that come with the package, by name."""
    root = Path(__file__).parent / "cases"
    return {found.parent.name: found.parent for found in sorted(root.glob("*/case.yaml"))}


def load_case(name_or_folder: str | Path) -> Case:
    """
    The case of that shipped name, or in that folder.

    Raises:
        UnknownName: Neither a shipped name nor a folder with a ``case.yaml``.
        InvalidValue: A table has a wrong header or is over the bounds.
    """
    shipped = shipped_cases()
    folder = shipped.get(str(name_or_folder), Path(name_or_folder))
    about = folder / "case.yaml"
    if not about.is_file():
        raise UnknownName("case", str(name_or_folder), known=tuple(shipped))
    told = yaml.safe_load(about.read_text("utf-8"))
    if not isinstance(told, dict):
        raise InvalidValue("case", about, "it is no mapping")
    scalars = {f.name for f in fields(Case)} - set(TABLES) - {"folder", "owners"}
    unknown = set(told) - scalars - {"owners", "sources", "licence"}
    if unknown:
        raise InvalidValue("case", about, f"it has unknown members: {', '.join(sorted(unknown))}")
    tables: dict[str, Any] = {
        name: _rows(folder / f"{name}.csv", kind) for name, kind in TABLES.items()
    }
    about_values: dict[str, Any] = {name: told[name] for name in scalars & set(told)}
    about_values["as_of"] = str(about_values.get("as_of", ""))
    return Case(folder, owners=tuple(told.get("owners", ())), **about_values, **tables)


def pairs(text: str) -> dict[str, str]:
    """The ``name=value`` pairs of a *detail* column."""
    return dict(part.partition("=")[::2] for part in text.split("|") if "=" in part)


def words(text: str) -> tuple[str, ...]:
    """The names of a column that joins them by ``|``."""
    return tuple(part for part in text.split("|") if part)


def _rows(path: Path, kind: type[T]) -> tuple[T, ...]:
    if not path.is_file():
        return ()
    if path.stat().st_size > FILE_BYTES_MAX:
        raise InvalidValue("case table", path, f"it is over {FILE_BYTES_MAX} bytes")
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    found: list[T] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        strange = set(reader.fieldnames or ()) - names
        if strange:
            raise InvalidValue("case table", path, f"unknown columns: {', '.join(sorted(strange))}")
        for row in reader:
            if len(found) >= ROWS_MAX:
                raise InvalidValue("case table", path, f"it has over {ROWS_MAX} rows")
            found.append(kind(**{name: value or "" for name, value in row.items() if name}))
    return tuple(found)
