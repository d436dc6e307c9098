"""The catalogue: which kinds of entities, links and states exist. Data, one per process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from clew.errors import InvalidValue, UnknownName
from clew.schema.entity_type import EntityType, State, foreign_type
from clew.schema.link_type import LinkType
from clew.schema.value import Value

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds, by name. Adding gives a new catalogue."""

    entity_types: dict[str, EntityType] = field(default_factory=dict)
    link_types: dict[str, LinkType] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)

    def with_kinds(self, kinds: Iterable[EntityType | LinkType | State]) -> Catalogue:
        """
        This catalogue and *kinds*.

        Raises:
            InvalidValue: A name is taken already by another declaration.
        """
        entities, links, states = dict(self.entity_types), dict(self.link_types), dict(self.states)
        for kind in kinds:
            match kind:
                case EntityType():
                    _put(entities, kind.name, kind, "entity type")
                case LinkType():
                    _put(links, kind.name, kind, "link type")
                case State():
                    _put(states, kind.name, kind, "state")
        return Catalogue(entities, links, states)

    def entity_type(self, name: str) -> EntityType:
        """The type of that name; raises UnknownName."""
        found = self.entity_types.get(name)
        if found is None:
            raise UnknownName("entity type", name, known=tuple(self.entity_types))
        return found

    def kind(self, name: str) -> EntityType:
        """The type of that name; one of its own for a name that a file brought."""
        return self.entity_types.get(name) or foreign_type(name)

    def link_type(self, name: str) -> LinkType:
        """The link type of that name; raises UnknownName."""
        found = self.link_types.get(name)
        if found is None:
            raise UnknownName("link type", name, known=tuple(self.link_types))
        return found

    def state(self, name: str) -> State:
        """The state of that name; raises UnknownName."""
        found = self.states.get(name)
        if found is None:
            raise UnknownName("state", name, known=tuple(self.states))
        return found

    def value(self, type_name: str, text: str) -> Value:
        """The canonical value of that type; raises UnknownName or InvalidValue."""
        return self.entity_type(type_name).value(text)


def _put(kinds: dict[str, K], name: str, kind: K, what: str) -> None:
    if name in kinds and kinds[name] != kind:
        raise InvalidValue(what, name, "the name is taken")
    kinds[name] = kind


@cache
def catalogue() -> Catalogue:
    """The built-in kinds, read once."""
    from clew.schema import types
    from clew.schema.links import LINK_TYPES
    from clew.schema.states import STATES

    return Catalogue().with_kinds((*types.ENTITY_TYPES, *LINK_TYPES, *STATES))
