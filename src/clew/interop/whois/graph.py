"""Facts of registries as a graph: who registered what, through whom, and where it is served."""

from __future__ import annotations

from clew.interop.carried import Carried, Problem
from clew.interop.gathering import Gathering
from clew.interop.json import decode_json
from clew.interop.text.extract import extract
from clew.interop.text.reading import text_of
from clew.interop.whois.facts import Contact, WhoisFacts
from clew.interop.whois.rdap import read_rdap
from clew.interop.whois.text import read_whois
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

_WORTH = frozenset({"ip-address", "file", "url", "vulnerability"})
"""Types that a registry's answer seldom has beside its facts."""
_OWNERS = frozenset({"registrant", "holder", "owner"})


def read_whois_text(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[Carried, list[Problem]]:
    """The graph of whois answers."""
    text = text_of(data)
    facts, problems = read_whois(text)
    told = [(one.where, one.text, one.reason) for one in problems]
    carried, more = _graph(facts, told, origin, catalogue)
    known = {one.value for one in carried.entities()}
    others = {one.value for one in extract(text, catalogue) if one.type in _WORTH} - known
    if others:
        # It may be a note with a registry's words in it; whoever reads it so should know.
        reason = f"{len(others)} further indicators stand in this text; read it as text for them"
        more.append(Problem("file", ", ".join(sorted(others))[:120], reason))
    return carried, more


def read_rdap_json(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[Carried, list[Problem]]:
    """The graph of RDAP answers; raises InvalidValue where it is no JSON."""
    facts, problems = read_rdap(decode_json(data))
    return _graph(facts, [(one.where, one.text, one.reason) for one in problems], origin, catalogue)


def _graph(
    facts: list[WhoisFacts],
    told: list[tuple[str, str, str]],
    origin: Provenance,
    catalogue: Catalogue,
) -> tuple[Carried, list[Problem]]:
    into = Gathering(catalogue, origin)
    for where, text, reason in told:
        into.problem(where, text, reason)
    for one in facts:
        _answer(into, one)
    return into.done()


def _answer(into: Gathering, one: WhoisFacts) -> None:
    where = f"line {one.line_of('subject')}" if one.line_of("subject") else one.subject
    row = into.entity(one.subject_type, one.subject, where)
    if row is None:
        return
    # The answer does not say when it was asked for, so nothing here has a date of sighting.
    for name, value in (
        ("name", one.name), ("country", one.country), ("status", ", ".join(one.statuses)),
    ):  # fmt: skip
        into.property(row, name, value)
    for name, at in (("created", one.created), ("updated", one.updated), ("expires", one.expires)):
        if at.known:
            into.property(row, name, str(at))
    if one.registrar:
        registrar = into.entity("organisation", one.registrar, where)
        into.link(row, "registered-through", registrar, where=where)
    for server in one.name_servers:
        into.link(
            row, "served-by-name-server", into.entity("domain-name", server, where), where=where
        )
    for contact in one.contacts:
        _contact(into, row, contact, where)


def _contact(into: Gathering, row: int, contact: Contact, where: str) -> None:
    link = "registered-by" if contact.role in _OWNERS else "has-contact"
    detail = "" if contact.role in _OWNERS else f'{{"role":"{_word(contact.role)}"}}'
    for type_, text in (
        ("email-address", contact.email),
        ("organisation", contact.organisation),
        ("person", contact.name),
    ):
        if text:
            into.link(row, link, into.entity(type_, text, where), where=where, detail=detail)
    if contact.phone:
        into.link(row, "has-phone", into.entity("phone", contact.phone, where), where=where)
    if contact.country and contact.role in _OWNERS:
        into.property(row, "registrant_country", contact.country)


def _word(role: str) -> str:
    return "".join(c for c in role if c.isalnum() or c in " -")
