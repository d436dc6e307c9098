"""The id of one observation: what reports, claims and people cite."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from clew.errors import InvalidValue


class ObservationKind(StrEnum):
    """What an observation is of; the letter in its id."""

    LINK = "l"
    PROPERTY = "p"


_FORM = re.compile(r"o([1-9][0-9]{0,9})\.([lp])([1-9][0-9]{0,9})")


@dataclass(frozen=True, slots=True, order=True)
class ObservationId:
    """
    One row of one entry of the log, written ``o12.l9``: entry 12, its ninth link observation.

    Entries are chained and never change, so an id means the same for good: after undo and redo,
    merges of entities, reopening, and in a copy of the file.
    """

    entry: int
    """Sequence number of the entry, from 1."""
    kind: ObservationKind
    row: int
    """Number of the observation among those of its kind in the entry, from 1."""

    def __post_init__(self) -> None:
        if self.entry < 1 or self.row < 1:
            text = f"o{self.entry}.{self.kind}{self.row}"
            raise InvalidValue("observation id", text, "entries and rows are counted from 1")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The id that a text is; blanks around it are let go. Raises InvalidValue."""
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise InvalidValue(
                "observation id",
                text,
                "it is not the letter o, an entry, a point, l or p, and a row",
                helps="Write o12.l9 for a link's, o12.p3 for a property's.",
            )
        return cls(int(found[1]), ObservationKind(found[2]), int(found[3]))

    def __str__(self) -> str:
        return f"o{self.entry}.{self.kind}{self.row}"
