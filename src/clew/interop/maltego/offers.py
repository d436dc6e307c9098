"""What a transform server offers: its applications, its transforms and their settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a transform."""

    name: str
    """``global#...`` where it is shared by transforms."""
    display: str = ""
    type: str = "string"
    """In lower case: string, int, double, boolean, date, datetime, daterange, url."""
    default: str = ""
    optional: bool = False
    popup: bool = False
    """Whether the user is asked before each run."""
    auth: bool = False
    """Whether it holds a key or token (version 3)."""


@dataclass(frozen=True, slots=True)
class TransformOffer:
    """A transform that a server offers."""

    name: str
    display_name: str = ""
    description: str = ""
    author: str = ""
    input_type: str = ""
    """The first id of an input type; empty where any is taken."""
    output_types: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    protocol: str = "v2"
    """One of local, v2, v3."""
    more_input_types: tuple[str, ...] = ()
    """Further input types (version 3)."""
    input_kind: str = "ENTITY"
    """One of ENTITY, ENTITIES, GRAPH (version 3)."""
    sets: tuple[str, ...] = ()
    version: str = ""
    owner: str = ""
    disclaimer: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """A server of transforms, as a seed names it."""

    name: str
    url: str
    v3_url: str = ""
    """Where version 3 is spoken; empty where it is not."""
    key_required: bool = False
    registration_url: str = ""
    version: str = ""
    disclaimer: str = ""


@dataclass(frozen=True, slots=True)
class Seed:
    """What a seed address answers."""

    applications: tuple[Application, ...] = ()
    others: tuple[str, ...] = ()
    """Addresses of further seeds; whoever follows them guards against loops."""
    source: str = ""
