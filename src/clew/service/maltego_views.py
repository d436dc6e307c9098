"""Maltego declarations, offers and plans as the page shows them. Pure."""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

from clew.engine.maltego.declarations import Declaration, ProgramDeclaration, ServerDeclaration
from clew.engine.maltego.question import LIMIT
from clew.engine.maltego.targets import MaltegoTarget, handed_over, targets_of, things_of
from clew.engine.maltego.transforms import LOCAL
from clew.engine.plan import Plan
from clew.interop.maltego.offers import Setting, TransformOffer
from clew.schema.refang import defang
from clew.schema.registry import Catalogue
from clew.service.maltego_forms import Forms
from clew.service.maltego_shapes import (
    MaltegoDeclarationView,
    MaltegoLookUp,
    MaltegoPlanView,
    MaltegoSetting,
    MaltegoSkippedEntity,
    MaltegoTransform,
)
from clew.transform.contract import is_key_name
from clew.transform.provider import Contact

TRANSFORMS_SHOWN_MAX = 300
"""Most transforms of one server that are listed."""
LINES_MAX = 500
"""Most entities of a plan that are listed."""


def declaration_view(
    one: Declaration, forms: Forms, *, key: bool = False
) -> MaltegoDeclarationView:
    """A declaration, or an offer of one, with all that it would run or ask."""
    local = isinstance(one, ProgramDeclaration)
    targets = targets_of(one)
    return MaltegoDeclarationView(
        name=one.name,
        label=one.label if isinstance(one, ProgramDeclaration) else one.name,
        kind="local" if isinstance(one, ProgramDeclaration) else one.protocol,
        asks=asks_of(one),
        command=one.command if isinstance(one, ProgramDeclaration) else "",
        parameters=one.parameters if isinstance(one, ProgramDeclaration) else "",
        folder=one.working_directory if isinstance(one, ProgramDeclaration) else "",
        contact=int(one.contact),
        ceiling=str(one.ceiling) if one.ceiling.tlp or one.ceiling.pap else "",
        tlp=int(one.ceiling.tlp),
        enabled=one.enabled,
        shown=shown_of(one),
        key=key,
        transforms=[transform_view(it, forms) for it in targets[:TRANSFORMS_SHOWN_MAX]],
        known=0 if local else len(targets),
        by_name=asked_by_name(one),
    )


def asks_of(one: Declaration) -> str:
    """The whole command line, or the address without a password."""
    if isinstance(one, ProgramDeclaration):
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
    parts = (
        ("local", one.command, one.parameters, one.working_directory)
        if isinstance(one, ProgramDeclaration)
        else (one.protocol, one.url)
    )
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def asked_by_name(one: Declaration) -> bool:
    """Whether it is a server that does not tell what it has."""
    return isinstance(one, ServerDeclaration) and not one.offers and one.protocol != "tds"


def maltego_name(id_: str) -> str:
    """A Maltego transform as its own lists call it, by its id; empty for any other."""
    provider, _, name = id_.partition(".")
    if provider == LOCAL:
        return name
    head, _, server = provider.partition("maltego-")
    return f"{server}/{name}" if server and not head else ""


def transform_view(target: MaltegoTarget, forms: Forms) -> MaltegoTransform:
    """A transform that can be asked, with its form."""
    name = target.known.name if target.known is not None else target.declaration.name
    return MaltegoTransform(
        target=target.name, name=name, label=target.label, takes=list(target.input_types),
        gives=list(target.output_types), settings=form_of(target, forms),
    )  # fmt: skip


def form_of(target: MaltegoTarget, forms: Forms) -> list[MaltegoSetting]:
    """The form of a transform; of names alone where no more is known. Those asked come first."""
    known = target.known
    if known is None:
        return []
    known_settings = {
        one.name: one for one in forms.get(target.declaration.name, {}).get(known.name, ())
    }
    fields = []
    for name in known.settings:
        one = known_settings.get(name) or Setting(name, optional=True, popup=True)
        secret = one.auth or name in known.secrets or is_key_name(name)
        fields.append(
            MaltegoSetting(
                name=name, label=one.display or name, kind=one.type or "string",
                default="" if secret else one.default,
                required=not one.optional and (secret or not one.default),
                asked=one.popup, secret=secret,
            )
        )  # fmt: skip
    return sorted(fields, key=lambda one: (not one.asked, not one.required))


def secrets_of(offered: TransformOffer) -> frozenset[str]:
    """Names of the settings of an offered transform that hold keys."""
    return frozenset(one.name for one in offered.settings if one.auth or is_key_name(one.name))


def plan_view(
    made: Plan,
    target: MaltegoTarget,
    forms: Forms,
    catalogue: Catalogue,
    *,
    contact_limit: Contact,
) -> MaltegoPlanView:
    """What asking would do, with its bounds; values are defanged."""
    one = target.declaration
    things = [*things_of(made, target, catalogue)]
    return MaltegoPlanView(
        target=target.name,
        label=target.label,
        provider=made.transform.provider.name,
        kind="local" if isinstance(one, ProgramDeclaration) else one.protocol,
        enabled=one.enabled,
        contact=int(made.contact),
        contact_limit=int(contact_limit),
        ceiling=str(one.ceiling) if one.ceiling.tlp or one.ceiling.pap else "",
        to=asks_of(one),
        leaves=handed_over(made, target),
        route=made.route,
        properties=sorted({name for lookup in made.lookups for name in lookup.properties})[
            :LINES_MAX
        ],
        calls=made.calls,
        limit=made.settings[LIMIT],
        asks=[
            MaltegoLookUp(
                type=lookup.value.type.name, value=defang(lookup.value), sent_as=thing.type
            )
            for lookup, thing in zip(made.lookups[:LINES_MAX], things, strict=False)
        ],
        asks_count=len(made.lookups),
        held=[
            MaltegoSkippedEntity(type=it.value.type.name, value=defang(it.value), reason=it.reason)
            for it in made.skipped[:LINES_MAX]
        ],
        held_count=len(made.skipped),
        settings=form_of(target, forms),
    )
