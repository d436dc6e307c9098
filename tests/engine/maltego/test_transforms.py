"""Declarations as providers and transforms: names, terms, settings and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clew.engine.maltego.declarations import (
    Declaration,
    ListedTransform,
    ProgramDeclaration,
    ServerDeclaration,
)
from clew.engine.maltego.transforms import (
    LIMIT_MAX,
    program_transform,
    provider_name,
    provider_of,
    server_transform,
    transforms_of,
    undeclared_transform,
)
from clew.engine.plan import Input, Plan, plan
from clew.engine.queue_run import settings_text
from clew.errors import InvalidValue
from clew.model.marking import TLP, Marking
from clew.schema.registry import catalogue
from clew.schema.types import DomainName, IPAddress
from clew.transform.contract import Transform
from clew.transform.provider import Contact

KINDS = catalogue()
LOCAL = ProgramDeclaration(
    "hi", "Hi", "python3", input_type="maltego.Domain", contact=Contact.LOCAL
)
KNOWN = ListedTransform(
    "acme.to", "To", "https://example.org/run", ("maltego.Domain",), ("maltego.Phrase",),
    ("k", "Auth-Token", "plain", "limit"), ("k",),
)  # fmt: skip
FAR = ServerDeclaration("far", "https://example.org", "tds", Contact.THIRD_PARTY, offers=(KNOWN,))
NAME = DomainName("example.org")


def planned(transform: Transform, *inputs: Input, **settings: object) -> Plan:
    provider = transform.provider
    return plan(
        transform, inputs, transform.settings(settings), catalogue=KINDS, contact=provider.contact,
        contact_limit=Contact.THIRD_PARTY, ceiling=provider.ceiling,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (LOCAL, "maltego-local"),
        (FAR, "maltego-far"),
        (ServerDeclaration("a.b", "https://example.org", "trx"), "maltego-a-b"),
        (ServerDeclaration("local", "https://example.org", "trx"), "maltego-server-local"),
    ],
)
def test_a_provider_is_named_for_its_declaration(one: Declaration, name: str) -> None:
    """All programs are one provider; a server's name has no dot, which would end it in an id."""
    assert provider_name(one) == provider_of(one).name == name


def test_terms_are_those_of_the_declaration() -> None:
    """Contact class, ceiling and whether it may be asked; a server relays wherever it stands."""
    (made,) = transforms_of(FAR, KINDS)
    provider = made.provider
    assert (made.id, made.title, provider.status) == ("maltego-far.acme.to", "To", "disabled")
    assert (provider.contact, provider.ceiling) == (Contact.THIRD_PARTY, Marking(TLP.GREEN))
    assert (provider.relays, provider.user_declared) == (True, True)
    assert [key.name for key in provider.keys] == ["key", "auth-token", "k"]
    assert (made.accepts, [kind.type.name for kind in made.finds]) == ((DomainName,), ["phrase"])


def test_what_leaves_is_told_and_counted() -> None:
    """A plan names kinds, properties and the receiver; a program of here makes no calls."""
    ada = Input(NAME, properties={"born": "1815"})
    made = planned(server_transform(FAR, KNOWN, KINDS), ada)
    assert made.leaves == "1 domain names with 1 property to maltego-far"
    assert made.calls == 1
    v3 = ServerDeclaration("new", "https://example.org/seed", "v3", Contact.THIRD_PARTY)
    assert planned(server_transform(v3, ListedTransform("x"), KINDS), ada).calls == 3
    made = planned(program_transform(LOCAL, KINDS), ada)
    assert (made.leaves, made.calls) == ("nothing leaves this machine", 0)
    far = ProgramDeclaration("out", "Out", "python3", contact=Contact.OWN_SERVER)
    assert planned(program_transform(far, KINDS), ada).calls == 1


@pytest.mark.parametrize("tlp", TLP)
def test_a_marking_over_the_ceiling_stays(tlp: TLP) -> None:
    """What is marked stricter than GREEN stays, but for a program that touches nobody."""
    given = Input(NAME, Marking(tlp))
    assert bool(planned(server_transform(FAR, KNOWN, KINDS), given).lookups) == (tlp <= TLP.GREEN)
    assert len(planned(program_transform(LOCAL, KINDS), given).lookups) == 1


def test_a_type_that_is_not_taken_is_held_back_in_maltego_s_words() -> None:
    """The reason names the types that the transform takes."""
    made = planned(program_transform(LOCAL, KINDS), Input(IPAddress("192.0.2.1")))
    assert [one.reason for one in made.skipped] == ["hi takes maltego.Domain only"]


def test_a_transform_at_another_server_is_not_asked() -> None:
    """What a server names elsewhere is held back with whom it named."""
    known = ListedTransform("x", url="https://example.net/run")
    made = planned(server_transform(FAR, known, KINDS), Input(NAME))
    assert [one.reason for one in made.skipped] == [
        "far names another server, https://example.net:443: declare that one"
    ]


def test_secrets_are_known_by_declaration_and_by_name() -> None:
    """A setting that the server says is a key, or that is named so, is written down as a sign."""
    made = server_transform(FAR, KNOWN, KINDS)
    settings = {"k": "1", "global#x.api_key": "3", "Auth-Token": "4", "plain": "5"}
    of = planned(made, Input(NAME), **settings)
    assert of.secrets == {"k", "global#x.api_key", "Auth-Token"}
    assert settings_text(made, of.settings, of.secrets) == (
        '{"Auth-Token":"…","global#x.api_key":"…","k":"…","limit":256,"plain":"5"}'
    )


@pytest.mark.parametrize("limit", [0, -1, LIMIT_MAX + 1, "many"])
@pytest.mark.parametrize(
    "made",
    [lambda: program_transform(LOCAL, KINDS), lambda: server_transform(FAR, KNOWN, KINDS)],
)
def test_a_limit_out_of_bounds_is_refused(made: Callable[[], Transform], limit: object) -> None:
    """A limit is above nothing and below too much."""
    with pytest.raises(InvalidValue):
        made().settings({"limit": limit})


def test_a_program_takes_no_settings() -> None:
    """There is no way to hand them over, so they are refused and not dropped."""
    with pytest.raises(InvalidValue, match="none of that name"):
        program_transform(LOCAL, KINDS).settings({"a": "b"})


def test_what_is_gone_can_only_be_read() -> None:
    """A transform that is not declared any more has its id, and is not asked."""
    for id_ in ("maltego-far.acme.to", "maltego-local.hi", "maltego-server-local.x"):
        gone = undeclared_transform(id_, KINDS)
        assert (gone.id, gone.provider.status) == (id_, "disabled")
