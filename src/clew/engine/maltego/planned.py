"""What asking a Maltego transform would do: calls, what leaves, what is held back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from clew.engine.inputs import inputs_of
from clew.engine.maltego.declared import Declared, Known, LocalTransform, Server
from clew.engine.maltego.discover import v3_base
from clew.errors import InvalidValue, UnknownName
from clew.graph.view import View, property_observation
from clew.interop.exchange_graph import ORIGINAL
from clew.interop.maltego.exchange import entity_of, thing_of
from clew.interop.maltego.names import ICON, OVERLAY, value_names
from clew.interop.maltego.record import Thing
from clew.model.block import STATE
from clew.model.entity import Entity
from clew.model.marking import UNMARKED, Marking
from clew.schema.registry import Catalogue
from clew.transform.provider import Contact

PROPERTIES_MAX = 200
"""Most properties of one entity that are sent."""
LIMIT_MAX = 10_000
"""Most results that are asked for about one entity."""
_ANY = frozenset({"maltego.unknown", "maltego.thing", "local.unknown", "any"})
_OURS = frozenset({STATE, "marking", "weight", "bookmark"})
_KEPT = (ORIGINAL, OVERLAY, ICON)
_ADDRESSES = frozenset({"maltego.ipv4address", "maltego.ipv6address"})
_CALLS_MIN = {"trx": 1, "tds": 1, "v3": 3}


@dataclass(frozen=True, slots=True)
class Target:
    """One transform that can be asked."""

    name: str
    """Of the transform, without its server."""
    how: LocalTransform | Server
    known: Known | None = None
    """What its server told of it; None where it told nothing."""

    @property
    def label(self) -> str:
        """What a person reads."""
        return self.known.label if self.known and self.known.label else self.name

    @property
    def provider(self) -> str:
        """Who is said to have told the results."""
        return (
            "maltego-local" if isinstance(self.how, LocalTransform) else f"maltego-{self.how.name}"
        )

    @property
    def input_types(self) -> tuple[str, ...]:
        """Maltego types that it takes; any where empty."""
        if isinstance(self.how, LocalTransform):
            return (self.how.input_type,) if self.how.input_type else ()
        return self.known.input_types if self.known else ()

    @property
    def url(self) -> str:
        """The application or base address at which a server's transform is asked."""
        if isinstance(self.how, LocalTransform):
            return ""
        return self.known.url if self.known and self.known.url else v3_base(self.how.url)


@dataclass(frozen=True, slots=True)
class Given:
    """An entity that is to be asked about."""

    entity: Entity
    marking: Marking = UNMARKED
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a plan."""

    entity: Entity
    marking: Marking
    thing: Thing


@dataclass(frozen=True, slots=True)
class MaltegoPlan:
    """A question to a transform, before it is asked."""

    target: Target
    settings: tuple[tuple[str, str], ...]
    limit: int
    asks: tuple[Asked, ...]
    held: tuple[tuple[Entity, str], ...]
    secrets: frozenset[str] = frozenset()
    """Names of settings whose values are sent and never written down."""

    @property
    def calls(self) -> int:
        """Requests that it makes at least; programs on this machine may make others."""
        if isinstance(self.target.how, LocalTransform):
            return 0
        return len(self.asks) * _CALLS_MIN[self.target.how.protocol]

    @property
    def leaves(self) -> str:
        """What is handed over, and to whom."""
        kinds = ", ".join(sorted({ask.entity.type for ask in self.asks})) or "nothing"
        more = sum(len(ask.thing.fields) - 1 for ask in self.asks)
        what = f"{_many(len(self.asks), 'entity', 'entities')} ({kinds})"
        what += f" with {_many(max(0, more), 'property', 'properties')}"
        if isinstance(self.target.how, LocalTransform):
            return f"{what} to the program {self.target.how.command}"
        return f"{what} to {self.target.how.url}"


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def target_of(declared: Declared, name: str) -> Target:
    """
    The transform that a user names: a local one, or ``server/transform``.

    Raises:
        UnknownName: There is none, or the server did not tell of it and can't be asked blindly.
    """
    server_name, slash, transform = name.partition("/")
    found = declared.named(server_name)
    if isinstance(found, LocalTransform):
        if slash:
            raise UnknownName("Maltego server", server_name)
        return Target(found.name, found)
    known = {one.name: one for one in found.offers}
    if transform in known:
        return Target(transform, found, known[transform])
    if not transform or found.protocol == "tds" or (found.protocol == "v3" and known):
        names = tuple(f"{server_name}/{one}" for one in known)
        raise UnknownName("transform of that server", name, known=names)
    return Target(transform, found)


def given_of(
    view: View, rows: Iterable[int], how: LocalTransform | Server, catalogue: Catalogue
) -> list[Given]:
    """The entities of those rows with their markings, and those properties that *how* may get."""
    chosen = np.unique(np.asarray(list(rows), np.int32))
    inputs = dict(zip(chosen.tolist(), inputs_of(view, chosen, catalogue), strict=True))
    state = view.state
    told: dict[int, dict[str, str]] = {row: {} for row in inputs}
    for at in view.properties.tolist():
        row = state.decisions.merged_into(int(state.properties.subject.values[at]))
        if row not in told or len(told[row]) >= PROPERTIES_MAX:
            continue
        one = property_observation(state, at)
        # What only Clew understands, and what is stricter than the entity itself, stays here.
        if one.name in _OURS or one.name.startswith(_KEPT):
            continue
        if how.contact is Contact.LOCAL or one.provenance.tlp <= how.ceiling.tlp:
            told[row].setdefault(one.name, one.value)
    return [Given(view.entity(row), one.marking, told[row]) for row, one in inputs.items()]


def plan_maltego(
    target: Target,
    givens: Sequence[Given],
    settings: Mapping[str, str],
    *,
    limit: int,
    catalogue: Catalogue,
    contact_limit: Contact,
    secrets: Iterable[str] = (),
) -> MaltegoPlan:
    """
    What asking *target* about those entities would do.

    An entity is held back when the contact class is over the limit, its marking is stricter than
    the declared ceiling, or the transform takes no such type.

    Args:
        target: The transform.
        givens: Entities with markings and properties.
        settings: Of the transform, by name.
        limit: Most results about one entity.
        catalogue: The kinds that exist.
        contact_limit: The highest class that may be asked.
        secrets: Names of settings that hold keys, beside those known to.

    Raises:
        InvalidValue: The limit is out of bounds, or a local transform is given settings.
    """
    if not 0 < limit <= LIMIT_MAX:
        raise InvalidValue("limit", limit, f"it is not between 1 and {LIMIT_MAX}")
    if settings and isinstance(target.how, LocalTransform):
        raise InvalidValue(
            "setting", next(iter(settings)), "a local transform takes none",
            helps="Put it into its parameters.",
        )  # fmt: skip
    asks: list[Asked] = []
    held: list[tuple[Entity, str]] = []
    for given in givens:
        reason = _held(target, given, contact_limit)
        thing = thing_of(given.entity, given.properties)
        fit = None if reason else fitting(thing, given.entity, target.input_types, catalogue)
        if fit is None:
            wants = ", ".join(target.input_types[:5])
            held.append((given.entity, reason or f"{target.name} takes {wants} only"))
        else:
            asks.append(Asked(given.entity, given.marking, fit))
    kept_quiet = {*secrets, *(target.known.secrets if target.known else ())}
    kept_quiet |= {name for name in settings if _tells_a_secret(name)}
    return MaltegoPlan(
        target, tuple(sorted(settings.items())), limit, tuple(asks), tuple(held),
        frozenset(kept_quiet),
    )  # fmt: skip


def fitting(
    thing: Thing, entity: Entity, types: Sequence[str], catalogue: Catalogue
) -> Thing | None:
    """
    A thing as one of those types; None where it is none of them.

    One of our types stands for several there: a domain name is a DNSName, a Website, a Domain.
    """
    names = {thing.type.lower(), *(type_.lower() for type_ in thing.ancestry)}
    if not types or any(type_.lower() in names | _ANY for type_ in types):
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


def _held(target: Target, given: Given, contact_limit: Contact) -> str:
    how = target.how
    if how.contact > contact_limit:
        return f"contact class {how.contact.value} is over the limit of {contact_limit.value}"
    if how.contact is not Contact.LOCAL and not given.marking.allows(how.ceiling):
        return f"it is marked {given.marking}, and {how.name} may get {how.ceiling} at most"
    return ""


def _same(told: tuple[str, str], entity: Entity, catalogue: Catalogue) -> bool:
    type_, text = told
    if type_ != entity.type:
        return False
    kind = catalogue.entity_types.get(type_)
    try:
        return (str(kind.value(text)) if kind is not None else text.strip()) == entity.value
    except InvalidValue:
        return False


def _tells_a_secret(name: str) -> bool:
    low = name.lower().replace("-", "").replace("_", "").replace(".", "")
    return any(word in low for word in ("apikey", "secret", "token", "password", "credential"))
