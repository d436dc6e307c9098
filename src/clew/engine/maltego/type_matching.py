"""What of ours a Maltego transform takes, and as what it is sent. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from clew.errors import InvalidValue
from clew.interop.maltego.exchange import OWN, entity_of, thing_of
from clew.interop.maltego.names import value_names
from clew.interop.maltego.record import Thing
from clew.interop.maltego.words import FROM_MALTEGO, TO_MALTEGO
from clew.interop.texts import own_type
from clew.model.entity import Entity
from clew.schema.registry import Catalogue
from clew.schema.value import Value

_ANY = frozenset({"maltego.unknown", "maltego.thing", "local.unknown", "any"})
_ADDRESSES = frozenset({"maltego.ipv4address", "maltego.ipv6address"})


def takes_any(types: Sequence[str]) -> bool:
    """Whether a transform of those input types takes whatever it is given."""
    return not types or any(type_.lower() in _ANY for type_ in types)


def thing_for(
    entity: Entity, properties: Mapping[str, str], types: Sequence[str], catalogue: Catalogue
) -> Thing | None:
    """
    An entity as one of those types; None where it is none of them.

    One of our types stands for several there: a domain name is a DNSName, a Website, a Domain.
    """
    thing = thing_of(entity, properties)
    names = {thing.type.lower(), *(type_.lower() for type_ in thing.ancestry)}
    if takes_any(types) or any(type_.lower() in names for type_ in types):
        return thing
    for type_ in types:
        if {type_.lower(), thing.type.lower()} == _ADDRESSES:
            continue
        names_there = value_names(type_)
        value, *more = thing.fields
        if names_there and value.name not in names_there:
            value = replace(value, name=names_there[0])
        other = replace(thing, type=type_, fields=(value, *more))
        if _same(entity_of(other, catalogue), entity, catalogue):
            return other
    return None


def kinds_of(types: Iterable[str], catalogue: Catalogue) -> tuple[type[Value], ...]:
    """Our types that may be one of those of Maltego, by name; own ones for what is not known."""
    wanted = {type_.lower() for type_ in types}
    names = {FROM_MALTEGO[type_] for type_ in wanted if type_ in FROM_MALTEGO}
    names |= {
        name for name, (type_, _) in TO_MALTEGO.items() if type_.lower() in wanted
    } & catalogue.entity_types.keys()
    names |= {own_type(type_.removeprefix(OWN)) for type_ in wanted if type_ not in FROM_MALTEGO}
    return tuple(catalogue.kind(name).value for name in sorted(names))


def _same(typed: tuple[str, str], entity: Entity, catalogue: Catalogue) -> bool:
    type_, text = typed
    if type_ != entity.type:
        return False
    kind = catalogue.entity_types.get(type_)
    try:
        return (str(kind.value(text)) if kind is not None else text.strip()) == entity.value
    except InvalidValue:
        return False
