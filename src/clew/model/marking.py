"""Markings: how far a fact may be shared (TLP) and how it may be used (PAP)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from clew.errors import InvalidValue


class TLP(IntEnum):
    """Traffic Light Protocol 2.0 (FIRST), from nothing said to the strictest."""

    UNMARKED = 0
    CLEAR = 1
    GREEN = 2
    AMBER = 3
    AMBER_STRICT = 4
    RED = 5


class PAP(IntEnum):
    """Permissible Actions Protocol, from nothing said to the strictest."""

    UNMARKED = 0
    CLEAR = 1
    GREEN = 2
    AMBER = 3
    RED = 4


@dataclass(frozen=True, slots=True)
class Marking:
    """What may be done with a fact."""

    tlp: TLP = TLP.UNMARKED
    pap: PAP = PAP.UNMARKED

    @classmethod
    def parse(cls, text: str) -> Marking:
        """The marking written ``TLP:AMBER+STRICT``, ``amber`` or ``TLP:RED PAP:AMBER``."""
        tlp, pap = TLP.UNMARKED, PAP.UNMARKED
        for word in text.upper().replace("TLP:WHITE", "TLP:CLEAR").split():
            scheme, _, level = word.rpartition(":")
            name = level.replace("+", "_")
            levels: type[TLP] | type[PAP] = PAP if scheme == "PAP" else TLP
            if scheme not in ("", "TLP", "PAP") or name not in levels.__members__:
                raise InvalidValue(
                    "marking",
                    text,
                    f"{word} is not known",
                    helps="Use TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED.",
                )
            if levels is PAP:
                pap = PAP[name]
            else:
                tlp = TLP[name]
        return cls(tlp, pap)

    def allows(self, ceiling: Marking) -> bool:
        """
        True where a fact marked so may go to someone whose ceiling is *ceiling*.

        A ceiling that names no PAP bounds none: what may be done with it is another question.
        """
        return self.tlp <= ceiling.tlp and (not ceiling.pap or self.pap <= ceiling.pap)

    def filled(self, default: Marking) -> Marking:
        """The same with each scheme that says nothing taken from *default*."""
        return Marking(self.tlp or default.tlp, self.pap or default.pap)

    def __str__(self) -> str:
        names = []
        if self.tlp:
            names.append(f"TLP:{self.tlp.name.replace('_', '+')}")
        if self.pap:
            names.append(f"PAP:{self.pap.name}")
        return " ".join(names) or "unmarked"


UNMARKED = Marking()
DEFAULT_MARKING = Marking(TLP.GREEN)
"""How what carries no marking counts, where no setting says otherwise."""
DEFAULT_CEILING = TLP.AMBER
"""The strictest marking that leaves without being named, where no setting says otherwise."""


def strictest(markings: Iterable[Marking]) -> Marking:
    """The strictest level of each scheme; unmarked where there is none."""
    tlp, pap = TLP.UNMARKED, PAP.UNMARKED
    for marking in markings:
        tlp, pap = max(tlp, marking.tlp), max(pap, marking.pap)
    return Marking(tlp, pap)
