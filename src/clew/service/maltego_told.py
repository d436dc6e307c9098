"""Maltego declarations, offers and plans as the page shows them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

from clew.engine.maltego.declared import Declaration, Known, LocalTransform, Server
from clew.engine.maltego.planned import MaltegoPlan, Target, plan_maltego
from clew.interop.maltego.offered import Offered, Setting
from clew.schema.refang import defang
from clew.schema.registry import Catalogue
from clew.service.maltego_forms import Forms
from clew.service.maltego_shapes import (
    MaltegoAsk,
    MaltegoDeclared,
    MaltegoHeld,
    MaltegoPlanned,
    MaltegoSetting,
    MaltegoTransform,
)
from clew.transform.provider import Contact

TRANSFORMS_SHOWN_MAX = 300
"""Most transforms of one server that are listed."""
LINES_MAX = 500
"""Most entities of a plan that are listed."""


def declared_told(one: Declaration, forms: Forms, *, key: bool = False) -> MaltegoDeclared:
    """A declaration, or an offer of one, with all that it would run or ask."""
    local = isinstance(one, LocalTransform)
    targets = targets_of(one)
    return MaltegoDeclared(
        name=one.name,
        label=one.label if isinstance(one, LocalTransform) else one.name,
        kind="local" if isinstance(one, LocalTransform) else one.protocol,
        asks=asks_of(one),
        command=one.command if isinstance(one, LocalTransform) else "",
        parameters=one.parameters if isinstance(one, LocalTransform) else "",
        folder=one.working_directory if isinstance(one, LocalTransform) else "",
        contact=int(one.contact),
        ceiling=str(one.ceiling) if one.ceiling.tlp or one.ceiling.pap else "",
        tlp=int(one.ceiling.tlp),
        enabled=one.enabled,
        shown=shown_of(one),
        key=key,
        transforms=[transform_told(it, forms) for it in targets[:TRANSFORMS_SHOWN_MAX]],
        known=0 if local else len(targets),
        by_name=asked_by_name(one),
    )


def asks_of(one: Declaration) -> str:
    """The whole command line, or the address without a password."""
    if isinstance(one, LocalTransform):
        return f"{one.command} {one.parameters}".strip()
    return without_password(one.url)


def without_password(url: str) -> str:
    """An address that can be shown."""
    try:
        parts = urlsplit(url)
        secret = parts.username is not None or parts.password is not None
    except ValueError:
        return url
    if not secret:
        return url
    return urlunsplit(parts._replace(netloc=f"…@{parts.netloc.rpartition('@')[2]}"))


def shown_of(one: Declaration) -> str:
    """Digest of what would be run or asked: of another one it differs."""
    told = (
        ("local", one.command, one.parameters, one.working_directory)
        if isinstance(one, LocalTransform)
        else (one.protocol, one.url)
    )
    return blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def asked_by_name(one: Declaration) -> bool:
    """Whether it is a server that does not tell what it has."""
    return isinstance(one, Server) and not one.offers and one.protocol != "tds"


def targets_of(one: Declaration) -> list[Target]:
    """All that can be asked of a declaration by a known name."""
    if isinstance(one, LocalTransform):
        return [Target(one.name, one)]
    return [Target(known.name, one, known) for known in one.offers]


def name_of(target: Target) -> str:
    """A target as a user names it."""
    if isinstance(target.how, LocalTransform):
        return target.how.name
    return f"{target.how.name}/{target.name}"


def label_of(target: Target) -> str:
    """A target as a person reads it."""
    return target.how.label if isinstance(target.how, LocalTransform) else target.label


def transform_told(target: Target, forms: Forms) -> MaltegoTransform:
    """A transform that can be asked, with its form."""
    gives = target.how.output_types if isinstance(target.how, LocalTransform) else ()
    if target.known is not None:
        gives = target.known.output_types
    return MaltegoTransform(
        target=name_of(target), name=target.name, label=label_of(target),
        takes=list(target.input_types), gives=list(gives), settings=form_of(target, forms),
    )  # fmt: skip


def form_of(target: Target, forms: Forms) -> list[MaltegoSetting]:
    """The form of a transform; of names alone where no more is known. Those asked come first."""
    if target.known is None or not target.known.settings:
        return []
    kept = {one.name: one for one in forms.get(target.how.name, {}).get(target.name, ())}
    secrets = _secrets(target, target.known.settings)
    told = []
    for name in target.known.settings:
        one = kept.get(name) or Setting(name, optional=True, popup=True)
        secret = one.auth or name in secrets
        told.append(
            MaltegoSetting(
                name=name, label=one.display or name, kind=one.type or "string",
                default="" if secret else one.default,
                required=not one.optional and (secret or not one.default),
                asked=one.popup, secret=secret,
            )
        )  # fmt: skip
    return sorted(told, key=lambda one: (not one.asked, not one.required))


def secrets_of(server: Server, offered: Offered) -> frozenset[str]:
    """Names of the settings of an offered transform that hold keys."""
    names = [one.name for one in offered.settings]
    known = Known(offered.name, secrets=tuple(one.name for one in offered.settings if one.auth))
    return _secrets(Target(offered.name, server, known), names)


def plan_told(made: MaltegoPlan, forms: Forms, contact_limit: Contact) -> MaltegoPlanned:
    """What asking would do, with its bounds; values are defanged."""
    target, how = made.target, made.target.how
    names = {it.name for one in made.asks for it in one.thing.fields[1:]}
    return MaltegoPlanned(
        target=name_of(target),
        label=label_of(target),
        provider=target.provider,
        kind="local" if isinstance(how, LocalTransform) else how.protocol,
        enabled=how.enabled,
        contact=int(how.contact),
        contact_limit=int(contact_limit),
        ceiling=str(how.ceiling) if how.ceiling.tlp or how.ceiling.pap else "",
        to=asks_of(how),
        leaves=made.leaves,
        properties=sorted(names)[:LINES_MAX],
        calls=made.calls,
        limit=made.limit,
        asks=[
            MaltegoAsk(type=one.entity.type, value=defang(one.entity.value), sent_as=one.thing.type)
            for one in made.asks[:LINES_MAX]
        ],
        asks_count=len(made.asks),
        held=[
            MaltegoHeld(type=one.type, value=defang(one.value), reason=why)
            for one, why in made.held[:LINES_MAX]
        ],
        held_count=len(made.held),
        settings=form_of(target, forms),
    )


def _secrets(target: Target, names: Iterable[str]) -> frozenset[str]:
    """Which of those settings hold keys, by the rule of plans."""
    if isinstance(target.how, LocalTransform):
        return frozenset()
    return plan_maltego(
        target, (), dict.fromkeys(names, ""), limit=1, catalogue=Catalogue(),
        contact_limit=Contact.LOCAL,
    ).secrets  # fmt: skip
