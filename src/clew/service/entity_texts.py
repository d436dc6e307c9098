"""Texts of entities for the eye, made once for each row of a working set."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.graph.column import Column, TextColumn
from clew.graph.working_set import WorkingSet
from clew.schema.refang import defang
from clew.schema.registered_domain import registered_domain
from clew.schema.registry import Catalogue
from clew.service.words import Words

Rows = NDArray[np.int32]


class EntityTexts:
    """Labels and roles of an investigation's entities; rows never change, so they are kept."""

    def __init__(self, catalogue: Catalogue) -> None:
        """*catalogue* says how kinds are shown."""
        self._kinds = catalogue.entity_types
        self._labels = TextColumn()
        self._roles = Column(np.int32)
        self.words = Words()
        """What the numbers of roles mean."""

    def labels(self, state: WorkingSet, rows: Rows) -> pl.Series:
        """The values of those rows for the eye, defanged."""
        self._grow(state)
        return self._labels.series().gather(rows)

    def roles(self, state: WorkingSet, rows: Rows) -> NDArray[np.int32]:
        """The type of those rows, or what each is of that type in particular; as numbers."""
        self._grow(state)
        found: NDArray[np.int32] = self._roles.values[rows]
        return found

    def _grow(self, state: WorkingSet) -> None:
        before = len(self._labels)
        if before >= len(state.entities):
            return
        names = state.names.names
        types = [names[code] for code in state.entities.types.values[before:].tolist()]
        values = state.entities.values.series()[before:].to_list()
        pairs = list(zip(types, values, strict=True))
        self._labels.append(pl.Series("", [self._label(*one) for one in pairs], pl.String))
        self._roles.append(self.words.codes(role_of(*one) for one in pairs))

    def _label(self, type_: str, value: str) -> str:
        kind = self._kinds.get(type_)
        return defang(kind.value.trusted(value) if kind else value)


def role_of(type_: str, value: str) -> str:
    """The type of an entity, or what it is of that type in particular."""
    if type_ != "domain-name":
        return type_
    return "domain" if registered_domain(value) == value else "host-name"
