"""Where an observation comes from."""

from __future__ import annotations

from enum import StrEnum

from msgspec import UNSET, Struct, UnsetType


class Extent(StrEnum):
    """How much of an answer was received."""

    COMPLETE = "complete"
    CUT = "cut"
    """Fewer than there are, or may be."""
    FAILED = "failed"
    """Stopped by a fault; what came before it is kept."""


class Completeness(Struct, frozen=True):
    """How much of what the provider holds one look-up brought."""

    extent: Extent = Extent.COMPLETE
    received: int = 0
    """Rows received."""
    total: int | None = None
    """Rows the provider says there are; None where it does not say."""
    reason: str = ""
    """Why it was cut or failed; a sentence."""

    def __str__(self) -> str:
        if self.extent is Extent.COMPLETE:
            if self.total is not None:
                return f"complete, {self.received} of {self.total}"
            return f"complete, {self.received}" + (", no total told" if self.received else "")
        of = "an unknown total" if self.total is None else str(self.total)
        return f"{self.extent} at {self.received} of {of}: {self.reason}".rstrip(": ")


class Provenance(Struct, frozen=True):
    """Who said it, asked how, and where the raw answer is kept."""

    provider: str
    """Name of the provider; ``analyst`` for a person, ``import`` for a file."""
    transform: str
    """``provider.transform``, or what a person or an import did."""
    run: str
    """Id of the run or import, 32 hex digits."""
    learnt: int
    """When we learnt it, in seconds since 1970, UTC."""
    input: bytes = b""
    """Id of the entity that was asked about; empty where there was none."""
    settings: str = "{}"
    """Parameters of the run as canonical JSON."""
    reply: str = ""
    """Digest of the raw reply, hex; empty where there is none."""
    tlp: int = 0
    """Marking of what was learnt (model/marking.py)."""
    completeness: Completeness = Completeness()
    pap: int | UnsetType = UNSET
    """What may be done with it (PAP, model/marking.py); not written where nothing is said."""
