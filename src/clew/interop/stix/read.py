"""STIX 2.0 and 2.1 bundles as graphs; what STIX says beyond a graph is kept word for word."""

from __future__ import annotations

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.json import collector_at_rest, decode_documents
from clew.interop.stix.objects import domain_object
from clew.interop.stix.observables import observable, traffic
from clew.interop.stix.own import read_own
from clew.interop.stix.reading import Reading, Thing, refs, strings, text
from clew.interop.stix.words import EMBEDDED, LINKS, OBSERVABLES
from clew.model.interval import UNDATED, Interval
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

OBJECTS_MAX = 2_000_000
"""Most objects of one bundle."""
LINKS_OF_ONE_MAX = 100_000
"""Most links that one relationship between patterns may stand for."""
_NO_ENTITY = frozenset(
    {"marking-definition", "extension-definition", "language-content", "relationship", "sighting",
     "note", "opinion", "observed-data"}
)  # fmt: skip


def read_stix(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of a bundle, of an envelope of TAXII, of a list of objects, of one object, or of
    one of these a line.

    Raises:
        InvalidValue: It is no JSON, or no STIX at all.
    """
    with collector_at_rest():
        return _read(Reading(GraphBuilder(catalogue, origin)), data)


def _read(told: Reading, data: bytes) -> tuple[ExchangeGraph, list[ImportProblem]]:
    _load(told, data)
    read_own(told)
    waiting: list[Thing] = []
    for id_, thing in list(told.things.items()):
        if id_ in told.consumed:
            continue
        type_ = text(thing, "type")
        if type_ in _NO_ENTITY or (type_ == "network-traffic" and _both_ends(thing)):
            if type_ in ("marking-definition", "extension-definition", "language-content"):
                told.builder.graph.rest[id_] = msgspec.json.encode(thing)
            waiting.append(thing)
            continue
        told.keep(thing, observable(told, thing) if type_ in OBSERVABLES
                  else domain_object(told, thing))  # fmt: skip
    observed = _observed(told, [one for one in waiting if text(one, "type") == "observed-data"])
    for id_, rows in told.rows.items():
        if rows and id_ not in told.consumed:
            _embedded(told, told.things[id_], rows, observed.get(id_, UNDATED))
    for thing in waiting:
        match text(thing, "type"):
            case "relationship":
                _relationship(told, thing)
            case "sighting":
                _sighting(told, thing)
            case "network-traffic":
                traffic(told, thing)
            case "note" | "opinion":
                _note(told, thing)
            case _:
                continue
    return told.builder.build()


def _load(told: Reading, data: bytes) -> None:
    """All objects by id; of several versions the latest (section 3.6)."""
    documents, problems = decode_documents(data)
    told.builder.problems.extend(problems)
    objects = [thing for _, document in documents for thing in _objects(document)]
    for number, thing in enumerate(objects, 1):
        where = f"object {number}"
        if number > OBJECTS_MAX:
            told.builder.problem(where, "", f"only the first {OBJECTS_MAX} objects are read")
            return
        if not isinstance(thing, dict) or not text(thing, "type"):
            told.builder.problem(where, thing, "it is no STIX object: it has no type")
            continue
        id_ = text(thing, "id") or f"{text(thing, 'type')}--{number}"
        before = told.things.get(id_)
        if before is not None:
            newer = text(thing, "modified") > text(before, "modified")
            told.builder.problem(
                id_, where, "another version of the same object; the latest counts"
            )
            if not newer:
                continue
        told.things[id_] = thing if thing.get("id") == id_ else {**thing, "id": id_}
        if isinstance(thing.get("objects"), dict):
            _contained(told, id_, thing["objects"])


def _objects(document: object) -> list[object]:
    """The objects of a bundle, of TAXII's envelope (2.1, section 3.7), of a list, or the one."""
    if isinstance(document, dict) and (document.get("type") == "bundle" or (
        "type" not in document and "objects" in document
    )):  # fmt: skip
        document = document.get("objects", [])
        if not isinstance(document, list):
            raise InvalidValue("STIX bundle", "", "its objects are no list")
    return document if isinstance(document, list) else [document]


def _contained(told: Reading, container: str, objects: dict[str, object]) -> None:
    """Observables that STIX 2.0 numbers within their observed data, as objects of their own."""
    for key, thing in objects.items():
        if not isinstance(thing, dict) or not text(thing, "type"):
            told.builder.problem(container, key, "it is no observable: it has no type")
            continue
        made: Thing = {**thing, "id": f"{container}/{key}"}
        for name in EMBEDDED.keys() | {"src_ref", "dst_ref"}:
            if name in made:
                near = [f"{container}/{one}" for one in refs(made, name)]
                made[name] = near if name.endswith("_refs") else (near or [""])[0]
        told.things[made["id"]] = made


def _observed(told: Reading, containers: list[Thing]) -> dict[str, Interval]:
    """When objects were seen: told of each as a property, and given for the links between them."""
    seen_by_id: dict[str, Interval] = {}
    for thing in containers:
        id_ = text(thing, "id")
        if id_ in told.consumed:
            continue
        seen = told.interval(thing, "first_observed", "last_observed")
        objects = thing.get("objects")
        inside = [f"{id_}/{key}" for key in objects] if isinstance(objects, dict) else []
        rows: dict[int, None] = {}
        for ref in (*inside, *refs(thing, "object_refs")):
            seen_by_id[ref] = seen
            for row in told.rows.get(ref, ()):
                rows[row] = None
        for row in rows:
            told.builder.property(
                row, "observed", str(thing.get("number_observed", 1)), seen=seen,
                by=told.by(thing), collectors=told.who(thing), where=id_,
            )  # fmt: skip
        told.keep(thing, tuple(rows))
    return seen_by_id


def _embedded(told: Reading, thing: Thing, rows: tuple[int, ...], seen: Interval) -> None:
    """Links that an object's own properties are."""
    if EMBEDDED.keys().isdisjoint(thing) or thing["type"] == "observed-data":
        return
    for name in EMBEDDED.keys() & thing.keys():
        for ref in refs(thing, name):
            if ref not in told.things:
                told.builder.problem(text(thing, "id"), ref, f"{name} refers to what is not there")
            for target in told.rows.get(ref, ()):
                if target != rows[0]:
                    told.builder.link(
                        rows[0], EMBEDDED[name], target, seen=seen, by=told.by(thing),
                        collectors=told.who(thing), where=text(thing, "id"),
                    )  # fmt: skip


def _relationship(told: Reading, thing: Thing) -> None:
    id_ = text(thing, "id")
    if id_ in told.consumed:
        return
    ends = []
    for name in ("source_ref", "target_ref"):
        ref = text(thing, name)
        if ref not in told.things:
            told.builder.problem(id_, ref, f"a dangling relationship: its {name} is not there")
            return
        ends.append(told.rows.get(ref, ()))
    type_ = text(thing, "relationship_type") or "related-to"
    seen = told.interval(thing, "start_time", "stop_time")
    detail = msgspec.json.encode(thing).decode()
    made = 0
    for source in ends[0]:
        for target in ends[1]:
            # An indicator that is based on what its own pattern names says nothing new.
            if source == target:
                continue
            made += 1
            if made > LINKS_OF_ONE_MAX:
                told.builder.problem(id_, "", f"only {LINKS_OF_ONE_MAX} of its links were made")
                return
            told.builder.link(
                source, LINKS.get(type_, type_), target, seen=seen, by=told.by(thing),
                collectors=told.who(thing), detail=detail, where=id_,
            )  # fmt: skip


def _sighting(told: Reading, thing: Thing) -> None:
    id_ = text(thing, "id")
    if id_ in told.consumed:
        return
    of = told.rows.get(text(thing, "sighting_of_ref"))
    if of is None:
        told.builder.problem(id_, text(thing, "sighting_of_ref"), "what was sighted is not there")
        return
    seen = told.interval(thing, "first_seen", "last_seen")
    detail = msgspec.json.encode(thing).decode()
    placed = False
    for ref in refs(thing, "where_sighted_refs"):
        for target in told.rows.get(ref, ()):
            for row in of:
                placed = True
                told.builder.link(
                    row, "sighted-by", target, seen=seen, by=told.by(thing), detail=detail,
                    collectors=told.who(thing), where=id_,
                )  # fmt: skip
    if not placed:
        for row in of:
            told.builder.property(
                row, "sighted", str(thing.get("count", 1)), seen=seen, by=told.by(thing),
                collectors=told.who(thing), where=id_,
            )  # fmt: skip


def _note(told: Reading, thing: Thing) -> None:
    if text(thing, "id") in told.consumed:
        return
    words = text(thing, "content") or text(thing, "explanation") or text(thing, "opinion")
    abstract = text(thing, "abstract")
    written = told.moment_us(thing.get("created"))
    actor = ", ".join((*strings(thing.get("authors")), *told.who(thing)))[:200]
    for ref in refs(thing, "object_refs"):
        for row in told.rows.get(ref, ()):
            told.builder.note(row, f"{abstract}\n{words}".strip(), actor=actor, at=written)


def _both_ends(thing: Thing) -> bool:
    return "src_ref" in thing and "dst_ref" in thing
