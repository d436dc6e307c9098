"""
The changes that a log is made of. Every change of a graph has an inverse; nothing is updated in
place, and records (model/journal.py) stay.

Tags and field names are written to files: they stay as they are when a class gets a better name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from clew.model.journal import Record
from clew.model.provenance import Provenance

if TYPE_CHECKING:
    from clew.model.block import Block


class LinkRefs(Struct, frozen=True):
    """Links by identity, packed: for each its ends' ids and its type."""

    names: tuple[str, ...] = ()
    """Link type names that *types* points into."""
    types: bytes = b""
    """One byte a link."""
    sources: bytes = b""
    """16 bytes a link."""
    targets: bytes = b""
    """16 bytes a link."""

    def __len__(self) -> int:
        return len(self.types)


class Observe(Struct, frozen=True, tag="observe"):
    """A batch of observations that one run or import adds to a graph; the rows are in the block."""

    graph: str
    provenance: tuple[Provenance, ...]


class CreateGraph(Struct, frozen=True, tag="create-graph"):
    """A new, empty graph."""

    graph: str


class AddToGraph(Struct, frozen=True, tag="put"):
    """Known entities (16 bytes each) and links are added to a graph."""

    graph: str
    entities: bytes = b""
    links: LinkRefs = LinkRefs()


class Remove(Struct, frozen=True, tag="remove"):
    """Entities (with their links) and links leave a graph; what was observed stays in the log."""

    graph: str
    entities: bytes = b""
    links: LinkRefs = LinkRefs()
    reason: str = ""


class GraphMerge(Struct, frozen=True, tag="merge"):
    """All that is in the *sources* graphs at this moment is added to *graph*."""

    graph: str
    sources: tuple[str, ...]


class EntityMerge(Struct, frozen=True, tag="join"):
    """*others* (16 bytes each) are merged into *keep*: an analyst says that they are one thing."""

    keep: bytes
    others: bytes
    reason: str = ""


class EntitySplit(Struct, frozen=True, tag="split"):
    """*entities* (16 bytes each) are split off again: an analyst says that they are themselves."""

    entities: bytes
    reason: str = ""


class Hide(Struct, frozen=True, tag="hide"):
    """Entities are hidden in a graph, or shown again."""

    graph: str
    entities: bytes
    hidden: bool = True


class Label(Struct, frozen=True, tag="label"):
    """A tag, star or pin is set on entities, or taken off."""

    kind: str
    """One of ``tag``, ``star``, ``pin``, ``seed``."""
    entities: bytes
    text: str = ""
    """The tag's text; empty for the others."""
    on: bool = True


class Note(Struct, frozen=True, tag="note"):
    """A note on an entity, or on the investigation where *entity* is empty."""

    text: str
    entity: bytes = b""


class Mark(Struct, frozen=True, tag="mark"):
    """A marking for entities; for the whole investigation where *entities* is empty."""

    tlp: int
    pap: int = 0
    entities: bytes = b""
    reason: str | UnsetType = UNSET
    """
    Why it is lowered: then it counts over all that was said of the marking before. Not written
    where there is none.
    """


class SharingTerms(Struct, frozen=True, tag="sharing"):
    """
    What of the investigation leaves without being named, and how what carries no marking counts.

    What is 0 is left to the settings.
    """

    ceiling: int = 0
    """The strictest TLP that leaves, below RED."""
    default_tlp: int = 0
    default_pap: int = 0
    reason: str = ""
    """Why more may leave than before; empty where no more may."""


class Move(Struct, frozen=True, tag="move"):
    """Entities get positions in a graph: x and y as float32, little-endian, in turn."""

    graph: str
    entities: bytes
    positions: bytes


class TimeWindow(Struct, frozen=True, tag="study"):
    """The window under study and what it does with the undated; no window where empty."""

    window: str = ""
    """As Window.parse reads it."""
    undated: str = "keep"


class PlaybookRun(Struct, frozen=True, tag="played"):
    """A playbook ran to its end; a later run of it is compared with the log at this entry."""

    playbook: str
    settings: str = "{}"
    """Its parameters as canonical JSON."""
    begun: int = 0
    """The last entry before it."""


class Revert(Struct, frozen=True, tag="revert"):
    """The named changes no longer count; reverting a revert makes them count again."""

    targets: tuple[int, ...]
    """Sequence numbers, of changes that count at this moment."""


Decision = (
    CreateGraph
    | AddToGraph
    | Remove
    | GraphMerge
    | EntityMerge
    | EntitySplit
    | Hide
    | Label
    | Note
    | Mark
    | SharingTerms
    | Move
    | TimeWindow
    | PlaybookRun
)
What = Observe | Decision | Revert | Record


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One entry to append: what happens, who does it, when, and as part of which action."""

    what: What
    at: int
    """When it was done, in microseconds since 1970, UTC."""
    action: str
    """Changes with the same action are undone together; 32 hex digits."""
    label: str
    """What a person reads in the history."""
    actor: str = "analyst"
    block: Block | None = None
    """The rows of an Observe; None for the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A change in the log: numbered from 1 and chained by digest to the one before."""

    seq: int
    change: Change
    digest: bytes


def inverse(entry: Entry) -> Revert:
    """The change that takes *entry* back; the inverse of a revert is its redo."""
    return Revert(targets=(entry.seq,))
