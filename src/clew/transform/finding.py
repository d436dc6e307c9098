"""What a transform yields: claims with the dates and sources that the vendor told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from clew.model.interval import UNDATED, Interval
from clew.schema.value import Value

V = TypeVar("V", bound=Value)

Raw: TypeAlias = object
"""As the vendor wrote it; the engine checks it and turns what is wrong into a problem."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """When a claim held, as told: texts, epoch numbers or nothing (see parse_moment)."""

    first: Raw = None
    last: Raw = None
    open: bool = False
    """True where the vendor says that it still goes on; then *last* is only the last look."""


@dataclass(frozen=True, slots=True)
class LinkFinding(Generic[V]):
    """A value that stands in a link with the input (or with *of*)."""

    kind: type[V]
    value: Raw
    seen: Sighting | Interval = UNDATED
    sources: tuple[str, ...] = ()
    """The vendor's own sources for this row (sensor names); empty where not told."""
    link: str | None = None
    """Link type; the transform's declared one where None."""
    reverse: bool = False
    """True where the link runs from the value to the input."""
    of: Value | None = None
    """The other end where it is not the input."""
    facts: Mapping[str, Raw] = field(default_factory=dict)
    """Properties of the value, dated like the link; None and empty texts are left out."""
    detail: Mapping[str, Raw] = field(default_factory=dict)
    """Properties of the link observation itself (record type, cause, relation)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of the input, or of *of*."""

    name: str
    value: Raw
    seen: Sighting | Interval = UNDATED
    sources: tuple[str, ...] = ()
    of: Value | None = None


@dataclass(frozen=True, slots=True)
class InState:
    """The input, or *of*, was in a state (schema/states.py)."""

    state: str
    seen: Sighting | Interval = UNDATED
    sources: tuple[str, ...] = ()
    of: Value | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """The vendor holds more than it gave; the transform can tell, and says so."""

    reason: str
    received: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Mention(Generic[V]):
    """A value that the source names, linked with nothing by that alone."""

    kind: type[V]
    value: Raw
    seen: Sighting | Interval = UNDATED
    sources: tuple[str, ...] = ()
    facts: Mapping[str, Raw] = field(default_factory=dict)
    """Properties of the value; None and empty texts are left out."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A free word of the source about the input, or about *of*: a note in the source's name."""

    text: str
    of: Value | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many results an answer holds, where they are not read as the rows of pages."""

    results: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that could not be used; the run goes on without it, and its answer is not whole."""

    what: str
    place: str = ""
    lossless: bool = False
    """True where nothing was left out for it: a remark of the vendor's, a date that is not read."""


Finding: TypeAlias = LinkFinding[V] | Mention[V] | Fact | InState | Remark | Count | Cut | Problem
Findings: TypeAlias = AsyncIterator[Finding[V]]
"""What a transform returns; the parameter tells the types it finds: ``Findings[IPAddress]``."""
