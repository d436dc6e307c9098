"""MISP events as graphs; what MISP says beyond a graph is kept word for word."""

from __future__ import annotations

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.json import decode_documents
from clew.interop.misp.event import read_event, read_reference
from clew.interop.misp.event_reader import EventReader, MispSession, Thing, text
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

EVENTS_MAX = 100_000
"""Most events of one file."""
_OF_EVENT = frozenset({"Attribute", "Object", "info", "Orgc", "threat_level_id"})


def read_misp(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of an event, of a list of events, of a reply of MISP's search, or of one a line.

    Raises:
        InvalidValue: It is no JSON, or holds no event.
    """
    builder = GraphBuilder(catalogue, origin)
    session = MispSession(builder)
    documents, problems = decode_documents(data)
    builder.problems.extend(problems)
    events = [event for _, document in documents for event in _events(document)]
    readers = []
    for number, event in enumerate(events, 1):
        where = f"event {number}"
        if number > EVENTS_MAX:
            builder.problem(where, "", f"only the first {EVENTS_MAX} events are read")
            break
        found = _event(event)
        if found is None:
            builder.problem(where, event, "it is no MISP event")
            continue
        readers.append(EventReader(session, found, where))
    if not readers:
        raise InvalidValue("MISP event", "", "there is no event in it")
    for reader in readers:
        read_event(reader)
    for reader, reference, owner in session.waiting:
        read_reference(reader, reference, owner)
    if len(readers) == 1 and not builder.graph.title and not readers[0].own:
        builder.graph.title = text(readers[0].event, "info")
    return builder.build()


def _events(whole: object) -> list[object]:
    """What stands where events stand, in the forms that MISP and its libraries write."""
    if isinstance(whole, dict) and "response" in whole:
        whole = whole["response"]
    if isinstance(whole, dict) and isinstance(whole.get("Event"), list):
        whole = whole["Event"]
    return whole if isinstance(whole, list) else [whole]


def _event(one: object) -> Thing | None:
    if isinstance(one, dict) and isinstance(one.get("Event"), dict) and "value" not in one:
        one = one["Event"]
        return one if isinstance(one, dict) else None
    return one if isinstance(one, dict) and _OF_EVENT & one.keys() else None
