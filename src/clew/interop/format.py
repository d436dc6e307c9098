"""The contract of a file format: how it is known, read and written, and what it carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeAlias

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.fidelity import LOSSLESS, Fidelity
from clew.interop.sample import FileSample
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue


class Confidence(IntEnum):
    """How sure a format is that a file is its own; of several claims the highest counts."""

    FALLBACK = 1
    """Nothing speaks against it; for formats that take what no other knows."""
    POSSIBLE = 2
    """It has the general shape, which others may have too."""
    LIKELY = 3
    """It has words or members that are seldom found elsewhere."""
    CERTAIN = 4
    """It has a mark that only this format has."""


Sniff: TypeAlias = Callable[[FileSample], Confidence | None]
"""How sure the format is of a file; None where it is not its own. Pure, and never raises."""
Read: TypeAlias = Callable[
    [bytes, Provenance, Catalogue], tuple[ExchangeGraph, list[ImportProblem]]
]
"""The graph of a file, and what was left out; raises InvalidValue where it is of no use."""
Write: TypeAlias = Callable[[ExchangeGraph], bytes]
"""The file of a graph."""


class ReadMapped(Protocol):
    """Reads a table by a mapping of its columns, as JSON."""

    def __call__(
        self, data: bytes, origin: Provenance, catalogue: Catalogue, mapping: str
    ) -> tuple[ExchangeGraph, list[ImportProblem]]:
        """The graph of a table, and what was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format. A module that an entry point of ``clew.formats`` names declares it."""

    name: str
    """How commands and provenance call it: letters, digits and hyphens."""
    label: str
    """How people call it."""
    extensions: tuple[str, ...] = ()
    """Of files that are written, the usual one first; what is read is known by its content."""
    about: str = ""
    """What is read, and what is not; a sentence or two for the reference page."""
    sniff: Sniff | None = None
    """None where its files are known as another format (``read_as``)."""
    read: Read | None = None
    """None where it is only written."""
    write: Write | None = None
    """None where it is only read."""
    fidelity: Fidelity = LOSSLESS
    """What survives writing and reading."""
    read_as: str = ""
    """Name of the format that reads what this one writes; empty for itself."""
    read_mapped: ReadMapped | None = None
    """For tables, whose columns people can map."""
    holds_graph: bool = True
    """False for files that are known, and refused in words when they are read as a graph."""

    @property
    def extension(self) -> str:
        """The usual ending of a file that is written."""
        return self.extensions[0] if self.extensions else f".{self.name}"
