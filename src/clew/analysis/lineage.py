"""Whose word an observation is in the end: which providers share a source, so count once."""

from __future__ import annotations

from dataclasses import dataclass

from clew.analysis.lineage_table import CARRIERS, OWN, SAME, Kind, kind_of, plain


@dataclass(frozen=True, slots=True, order=True)
class Lineage:
    """A data kind and who collected it; equal lineages count once."""

    kind: Kind
    collector: str
    """Empty where it is not known: then it may be anybody's."""
    day: str = ""
    """Of a registry's record: the day that the record was seen on."""

    @property
    def known(self) -> bool:
        """False where it may share its source with another."""
        return bool(self.collector)

    def __str__(self) -> str:
        who = self.collector or "unknown source"
        return f"{self.kind.value} of {who}" + (f", {self.day}" if self.day else "")


def lineages(provider: str, link_type: str, collectors: tuple[str, ...]) -> tuple[Lineage, ...]:
    """
    The lineages of an observation, days of registry records left open.

    Collectors that the row names itself win over the provider; each is a lineage of its own.
    """
    kind = kind_of(provider, link_type)
    if kind is Kind.REGISTRATION:
        return (Lineage(kind, "registry"),)
    if kind in (Kind.DERIVED, Kind.JUDGEMENT):
        return (Lineage(kind, provider),)
    named = {SAME.get(plain(name), plain(name)) for name in collectors if plain(name)}
    if named:
        return tuple(sorted(Lineage(kind, name) for name in named))
    own = OWN.get((provider, kind))
    if own is None:
        own = "" if provider in CARRIERS else SAME.get(provider, provider)
    return (Lineage(kind, own),)
