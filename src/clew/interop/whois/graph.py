"""Facts of registries as a graph: who registered what, through whom, and where it is served."""

from __future__ import annotations

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.json import decode_json
from clew.interop.text.extract import extract
from clew.interop.text.file_text import text_of
from clew.interop.whois.facts import WhoisContact, WhoisFacts
from clew.interop.whois.rdap import read_rdap
from clew.interop.whois.text import read_whois
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

_WORTH = frozenset({"ip-address", "file", "url", "vulnerability"})
"""Types that a registry's answer seldom has beside its facts."""
_OWNERS = frozenset({"registrant", "holder", "owner"})


def read_whois_text(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """The graph of whois answers."""
    text = text_of(data)
    facts, problems = read_whois(text)
    graph, more = _graph(facts, problems, origin, catalogue)
    known = {one.value for one in graph.entities()}
    others = {one.value for one in extract(text, catalogue) if one.type in _WORTH} - known
    if others:
        # It may be a note with a registry's words in it; whoever reads it so should know.
        reason = f"{len(others)} further indicators stand in this text; read it as text for them"
        more.append(ImportProblem("file", ", ".join(sorted(others))[:120], reason))
    return graph, more


def read_rdap_json(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """The graph of RDAP answers; raises InvalidValue where it is no JSON."""
    facts, problems = read_rdap(decode_json(data))
    return _graph(facts, problems, origin, catalogue)


def _graph(
    facts: list[WhoisFacts],
    problems: list[ImportProblem],
    origin: Provenance,
    catalogue: Catalogue,
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    builder = GraphBuilder(catalogue, origin)
    for one in problems:
        builder.problem(one.where, one.text, one.reason)
    for fact in facts:
        _answer(builder, fact)
    return builder.build()


def _answer(builder: GraphBuilder, one: WhoisFacts) -> None:
    where = f"line {one.line_of('subject')}" if one.line_of("subject") else one.subject
    row = builder.entity(one.subject_type, one.subject, where)
    if row is None:
        return
    # The answer does not say when it was asked for, so nothing here has a date of sighting.
    for name, value in (
        ("name", one.name), ("country", one.country), ("status", ", ".join(one.statuses)),
    ):  # fmt: skip
        builder.property(row, name, value)
    for name, at in (("created", one.created), ("updated", one.updated), ("expires", one.expires)):
        if at.known:
            builder.property(row, name, str(at))
    if one.registrar:
        registrar = builder.entity("organisation", one.registrar, where)
        builder.link(row, "registered-through", registrar, where=where)
    for server in one.name_servers:
        builder.link(
            row, "served-by-name-server", builder.entity("domain-name", server, where), where=where
        )
    for contact in one.contacts:
        _contact(builder, row, contact, where)


def _contact(builder: GraphBuilder, row: int, contact: WhoisContact, where: str) -> None:
    link = "registered-by" if contact.role in _OWNERS else "has-contact"
    detail = "" if contact.role in _OWNERS else f'{{"role":"{_word(contact.role)}"}}'
    for type_, text in (
        ("email-address", contact.email),
        ("organisation", contact.organisation),
        ("person", contact.name),
    ):
        if text:
            builder.link(row, link, builder.entity(type_, text, where), where=where, detail=detail)
    if contact.phone:
        builder.link(row, "has-phone", builder.entity("phone", contact.phone, where), where=where)
    if contact.country and contact.role in _OWNERS:
        builder.property(row, "registrant_country", contact.country)


def _word(role: str) -> str:
    return "".join(c for c in role if c.isalnum() or c in " -")
