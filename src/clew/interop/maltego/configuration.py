"""What a Maltego configuration holds: types, transforms, servers, sets and machines. Never run."""

from __future__ import annotations

from dataclasses import dataclass

from clew.interop.exchange_graph import ImportProblem
from clew.interop.maltego.definition import EntityDefinition
from clew.interop.maltego.offers import TransformOffer

LOCAL_SERVER = "Local"
"""Name of the server that stands for transforms on one's own machine."""


@dataclass(frozen=True, slots=True)
class LocalProgram:
    """An offer to run a command on this machine. Whoever takes it shows the command and asks."""

    name: str
    display_name: str = ""
    description: str = ""
    author: str = ""
    command: str = ""
    """May be absolute, and tell of another person's machine."""
    parameters: str = ""
    working_directory: str = ""
    debug: bool = False
    input_type: str = ""
    """Empty where any is taken."""
    output_types: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransformServer:
    """A server of transforms."""

    name: str
    url: str
    description: str = ""
    protocol: str = "2.0"
    """2.0 for remote ones, 0.0 for what runs on one's own machine."""
    authentication: str = "none"
    """One of none, mac, license."""
    transforms: tuple[str, ...] = ()
    """Names of the transforms that it has."""
    seeds: tuple[str, ...] = ()
    """Addresses at which it is found."""
    offered: tuple[TransformOffer, ...] = ()
    """What is known of its transforms."""


@dataclass(frozen=True, slots=True)
class TransformSet:
    """Transforms that are shown together; some of them may not be there."""

    name: str
    description: str = ""
    transforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """A script in Maltego's own language, as text."""

    name: str
    text: str
    enabled: bool = False
    """What the file says. Nothing is enabled by reading it."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """All of one file, in the order of its members."""

    entities: tuple[EntityDefinition, ...] = ()
    categories: tuple[str, ...] = ()
    local: tuple[LocalProgram, ...] = ()
    remote: tuple[TransformOffer, ...] = ()
    servers: tuple[TransformServer, ...] = ()
    seeds: tuple[str, ...] = ()
    sets: tuple[TransformSet, ...] = ()
    machines: tuple[Machine, ...] = ()
    rest: tuple[str, ...] = ()
    """Names of the members that were not read, such as icons."""
    problems: tuple[ImportProblem, ...] = ()
