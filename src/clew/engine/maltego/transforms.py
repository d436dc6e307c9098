"""Declarations programs and servers as providers, and what they offer as transforms."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from clew.engine.client import origin
from clew.engine.maltego.answer import answer_findings, is_reusable, reader
from clew.engine.maltego.declarations import (
    Declaration,
    ListedTransform,
    ProgramDeclaration,
    ServerDeclaration,
)
from clew.engine.maltego.question import (
    LIMIT,
    parameter_name,
    program_question,
    server_question,
    signer,
)
from clew.engine.maltego.type_matching import kinds_of, takes_any, thing_for
from clew.engine.secret_settings import key_name
from clew.interop.maltego.exchange import thing_of
from clew.interop.maltego.record import Thing
from clew.model.entity import Entity
from clew.schema.registry import Catalogue
from clew.schema.value import Value
from clew.transform.contract import Api, Cost, Parameter, Question, Transform, is_key_name
from clew.transform.finding import Finding
from clew.transform.provider import Key, Provider, Rate
from clew.transform.request import Request

LOCAL = "maltego-local"
"""Name of the provider of programs of this machine."""
LIMIT_MAX = 10_000
"""Most results that are asked for about one entity."""
LIMIT_USUAL = 256
SECRETS_MAX = 50
"""Most settings of one server that hold keys and can be kept with its own."""
AT_ONCE = Rate(4)
"""Entities that one of them is asked about at the same time."""
_CALLS = {"trx": 1, "tds": 1, "v3": 3}
"""Requests of one look-up, at least."""


def provider_name(one: Declaration) -> str:
    """The name that observations have of a declared program or server."""
    if isinstance(one, ProgramDeclaration):
        return LOCAL
    # A dot would end the provider in a transform's id, and can't be in a variable's name.
    name = f"maltego-{one.name.replace('.', '-')}"
    return name if name != LOCAL else "maltego-server-local"


def provider_of(one: Declaration, secrets: Iterable[str] = ()) -> Provider:
    """
    A declared program or server as a provider.

    Args:
        one: The declaration.
        secrets: Names of settings that hold keys; each can be kept as its own key is.
    """
    hidden = [*dict.fromkeys(secrets)][:SECRETS_MAX]
    common = Provider(
        provider_name(one),
        "",
        "",
        contact=one.contact,
        rate=AT_ONCE,
        ceiling=one.ceiling,
        status="active" if one.enabled else "disabled",
        reusable=is_reusable,
        relays=True,
        user_declared=True,
    )
    if isinstance(one, ProgramDeclaration):
        about = f"A program of this machine: {one.command} {one.parameters}".strip()
        return replace(
            common, label=one.label, about=about, read=reader(one.label), transport="program"
        )
    keys = dict.fromkeys(key_name(setting) for setting in hidden)
    return replace(
        common,
        label=common.name,
        about=f"A server of Maltego transforms ({one.protocol}) at {one.url}",
        base_url=one.url,
        keys=(
            Key("key", "API key", required=False),
            *(Key(name, name, required=False) for name in keys),
        ),
        sign=signer(one.protocol, hidden),
        read=reader(common.name),
        transport="maltego-v3" if one.protocol == "v3" else "http",
    )


def transforms_of(one: Declaration, catalogue: Catalogue) -> list[Transform]:
    """All of a declaration that can be asked by a known name."""
    if isinstance(one, ProgramDeclaration):
        return [program_transform(one, catalogue)]
    return [server_transform(one, known, catalogue) for known in one.offers]


def program_transform(one: ProgramDeclaration, catalogue: Catalogue) -> Transform:
    """A declared program as a transform; it takes no settings."""
    types = (one.input_type,) if one.input_type else ()

    def question(
        value: Value,
        properties: Mapping[str, str],
        settings: Mapping[str, Any],  # noqa: ARG001
    ) -> Request:
        return program_question(one, _thing(value, properties, types, catalogue))

    made = _transform(one.name, provider_of(one), types, question, catalogue)
    return replace(made, title=one.label, finds=kinds_of(one.output_types, catalogue))


def server_transform(
    server: ServerDeclaration, known: ListedTransform, catalogue: Catalogue
) -> Transform:
    """What a server offers, or has by a name that it did not tell, as a transform."""
    hidden = {*known.secrets, *(name for name in known.settings if is_key_name(name))}
    types = known.input_types

    def question(
        value: Value, properties: Mapping[str, str], settings: Mapping[str, Any]
    ) -> Request:
        thing = _thing(value, properties, types, catalogue)
        return server_question(server, known.name, known.url, thing, settings)

    made = _transform(known.name, provider_of(server, sorted(hidden)), types, question, catalogue)
    parameters = (
        Parameter(parameter_name(name), "text", None, secret=name in hidden)
        for name in known.settings
    )
    return replace(
        made,
        title=known.label or known.name,
        finds=kinds_of(known.output_types, catalogue),
        parameters=(*made.parameters, *parameters),
        cost=Cost(_CALLS[server.protocol]),
        refusal=_refusal_elsewhere(server, known) or made.refusal,
        open_settings=True,
    )


def undeclared_transform(id_: str, catalogue: Catalogue) -> Transform:
    """A transform that was asked once and is not declared any more: its kept replies are read."""
    provider, _, name = id_.partition(".")
    if provider == LOCAL:
        return program_transform(ProgramDeclaration(name, name, "gone"), catalogue)
    gone = ServerDeclaration(provider.removeprefix("maltego-"), "https://undeclared.invalid", "trx")
    return server_transform(gone, ListedTransform(name), catalogue)


def _transform(
    name: str, provider: Provider, types: Sequence[str], question: Question, catalogue: Catalogue
) -> Transform:
    async def answer(value: Value, api: Api, /, **settings: Any) -> AsyncIterator[Finding[Value]]:
        row = await api.ask(question(value, api.properties, settings))
        most = min(settings[LIMIT], api.rows_max)
        for finding in answer_findings(provider.label, row, value, catalogue, results_max=most):
            yield finding

    def refusal(value: Value) -> str:
        fits = thing_for(_entity(value), {}, types, catalogue) is not None
        return "" if fits else f"{name} takes {', '.join(types[:5])} only"

    return Transform(
        provider=provider,
        name=name,
        title=name,
        body=answer,
        accepts=() if takes_any(types) else kinds_of(types, catalogue),
        finds=(),
        link="related-to",
        parameters=(
            Parameter(
                LIMIT, "integer", LIMIT_USUAL, "Most results about one entity",
                between=(1, LIMIT_MAX),
            ),
        ),
        cost=Cost(),
        refusal=refusal,
        question=question,
        wants_properties=True,
    )  # fmt: skip


def _refusal_elsewhere(
    server: ServerDeclaration, known: ListedTransform
) -> Callable[[Value], str] | None:
    """Why nothing is asked where another server is named; None where it is the server's own."""
    if not known.url or origin(known.url) == origin(server.url):
        return None
    where = origin(known.url)
    return lambda value: f"{server.name} names another server, {where}: declare that one"  # noqa: ARG005


def _thing(
    value: Value, properties: Mapping[str, str], types: Sequence[str], catalogue: Catalogue
) -> Thing:
    entity = _entity(value)
    return thing_for(entity, properties, types, catalogue) or thing_of(entity, properties)


def _entity(value: Value) -> Entity:
    return Entity(value.type.name, str(value))
