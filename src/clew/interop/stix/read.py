"""STIX 2.0 and 2.1 bundles as graphs; what STIX says beyond a graph is kept word for word."""

from __future__ import annotations

import msgspec

from clew.errors import InvalidValue
from clew.interop.collection import pause_collection
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.json import decode_documents
from clew.interop.stix.bundle_reader import BundleReader, Thing, refs, strings, text
from clew.interop.stix.objects import domain_object
from clew.interop.stix.observables import observable, traffic
from clew.interop.stix.own import read_own
from clew.interop.stix.words import EMBEDDED, LINKS, OBSERVABLES
from clew.model.interval import UNDATED, Interval
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

OBJECTS_MAX = 2_000_000
"""Most objects of one bundle."""
LINKS_OF_ONE_MAX = 100_000
"""Most links that one relationship between patterns may stand for."""
MARKINGS = "object_marking_refs"
"""The property that refers to an object's markings."""
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
    with pause_collection():
        return _read(BundleReader(GraphBuilder(catalogue, origin)), data)


def _read(bundle: BundleReader, data: bytes) -> tuple[ExchangeGraph, list[ImportProblem]]:
    _load(bundle, data)
    read_own(bundle)
    waiting: list[Thing] = []
    for id_, thing in list(bundle.things.items()):
        if id_ in bundle.consumed:
            continue
        type_ = text(thing, "type")
        if type_ in _NO_ENTITY or (type_ == "network-traffic" and _both_ends(thing)):
            if type_ in ("marking-definition", "extension-definition", "language-content"):
                bundle.builder.graph.rest[id_] = msgspec.json.encode(thing)
            waiting.append(thing)
            continue
        bundle.keep(thing, observable(bundle, thing) if type_ in OBSERVABLES
                  else domain_object(bundle, thing))  # fmt: skip
    observed = _observed(bundle, [one for one in waiting if text(one, "type") == "observed-data"])
    for id_, rows in bundle.rows.items():
        if rows and id_ not in bundle.consumed:
            _embedded(bundle, bundle.things[id_], rows, observed.get(id_))
    for thing in waiting:
        match text(thing, "type"):
            case "relationship":
                _relationship(bundle, thing)
            case "sighting":
                _sighting(bundle, thing)
            case "network-traffic":
                traffic(bundle, thing)
            case "note" | "opinion":
                _note(bundle, thing)
            case _:
                continue
    return bundle.builder.build()


def _load(bundle: BundleReader, data: bytes) -> None:
    """All objects by id; of several versions the latest (section 3.6)."""
    documents, problems = decode_documents(data)
    bundle.builder.problems.extend(problems)
    objects = [thing for _, document in documents for thing in _objects(document)]
    for number, thing in enumerate(objects, 1):
        where = f"object {number}"
        if number > OBJECTS_MAX:
            bundle.builder.problem(where, "", f"only the first {OBJECTS_MAX} objects are read")
            return
        if not isinstance(thing, dict) or not text(thing, "type"):
            bundle.builder.problem(where, thing, "it is no STIX object: it has no type")
            continue
        id_ = text(thing, "id") or f"{text(thing, 'type')}--{number}"
        before = bundle.things.get(id_)
        if before is not None:
            newer = text(thing, "modified") > text(before, "modified")
            bundle.builder.problem(
                id_, where, "another version of the same object; the latest counts"
            )
            if not newer:
                continue
        bundle.things[id_] = thing if thing.get("id") == id_ else {**thing, "id": id_}
        if isinstance(thing.get("objects"), dict):
            _contained(bundle, thing | {"id": id_}, thing["objects"])


def _objects(document: object) -> list[object]:
    """The objects of a bundle, of TAXII's envelope (2.1, section 3.7), of a list, or the one."""
    if isinstance(document, dict) and (document.get("type") == "bundle" or (
        "type" not in document and "objects" in document
    )):  # fmt: skip
        document = document.get("objects", [])
        if not isinstance(document, list):
            raise InvalidValue("STIX bundle", "", "its objects are no list")
    return document if isinstance(document, list) else [document]


def _contained(bundle: BundleReader, observed: Thing, objects: dict[str, object]) -> None:
    """Observables that STIX 2.0 numbers within observed data, as objects that are marked alike."""
    container = text(observed, "id")
    for key, thing in objects.items():
        if not isinstance(thing, dict) or not text(thing, "type"):
            bundle.builder.problem(container, key, "it is no observable: it has no type")
            continue
        made: Thing = {**thing, "id": f"{container}/{key}"}
        if MARKINGS in observed:
            made[MARKINGS] = [*refs(thing, MARKINGS), *refs(observed, MARKINGS)]
        for name in EMBEDDED.keys() | {"src_ref", "dst_ref"}:
            if name in made:
                near = [f"{container}/{one}" for one in refs(made, name)]
                made[name] = near if name.endswith("_refs") else (near or [""])[0]
        bundle.things[made["id"]] = made


def _observed(bundle: BundleReader, containers: list[Thing]) -> dict[str, tuple[Interval, Thing]]:
    """
    When objects were seen, and the observed data that say so: told of each as a property, and
    given for the links between them.
    """
    seen_by_id: dict[str, tuple[Interval, Thing]] = {}
    for thing in containers:
        id_ = text(thing, "id")
        if id_ in bundle.consumed:
            continue
        seen = bundle.interval(thing, "first_observed", "last_observed")
        objects = thing.get("objects")
        inside = [f"{id_}/{key}" for key in objects] if isinstance(objects, dict) else []
        rows: dict[int, None] = {}
        for ref in (*inside, *refs(thing, "object_refs")):
            seen_by_id[ref] = seen, thing
            for row in bundle.rows.get(ref, ()):
                rows[row] = None
        for row in rows:
            bundle.builder.property(
                row, "observed", str(thing.get("number_observed", 1)), seen=seen,
                by=bundle.by(thing), collectors=bundle.who(thing), where=id_,
            )  # fmt: skip
        bundle.keep(thing, tuple(rows))
    return seen_by_id


def _embedded(
    bundle: BundleReader,
    thing: Thing,
    rows: tuple[int, ...],
    observed: tuple[Interval, Thing] | None,
) -> None:
    """Links that an object's own properties are, dated and marked by the data that observed it."""
    if EMBEDDED.keys().isdisjoint(thing) or thing["type"] == "observed-data":
        return
    seen, by = UNDATED, bundle.by(thing)
    if observed:
        seen, data = observed
        by = bundle.by({MARKINGS: [*refs(thing, MARKINGS), *refs(data, MARKINGS)]})
    for name in EMBEDDED.keys() & thing.keys():
        for ref in refs(thing, name):
            if ref not in bundle.things:
                bundle.builder.problem(
                    text(thing, "id"), ref, f"{name} refers to what is not there"
                )
            for target in bundle.rows.get(ref, ()):
                if target != rows[0]:
                    bundle.builder.link(
                        rows[0], EMBEDDED[name], target, seen=seen, by=by,
                        collectors=bundle.who(thing), where=text(thing, "id"),
                    )  # fmt: skip


def _relationship(bundle: BundleReader, thing: Thing) -> None:
    id_ = text(thing, "id")
    if id_ in bundle.consumed:
        return
    ends = []
    for name in ("source_ref", "target_ref"):
        ref = text(thing, name)
        if ref not in bundle.things:
            bundle.builder.problem(id_, ref, f"a dangling relationship: its {name} is not there")
            return
        ends.append(bundle.rows.get(ref, ()))
    type_ = text(thing, "relationship_type") or "related-to"
    seen = bundle.interval(thing, "start_time", "stop_time")
    detail = msgspec.json.encode(thing).decode()
    made = 0
    for source in ends[0]:
        for target in ends[1]:
            # An indicator that is based on what its own pattern names says nothing new.
            if source == target:
                continue
            made += 1
            if made > LINKS_OF_ONE_MAX:
                bundle.builder.problem(id_, "", f"only {LINKS_OF_ONE_MAX} of its links were made")
                return
            bundle.builder.link(
                source, LINKS.get(type_, type_), target, seen=seen, by=bundle.by(thing),
                collectors=bundle.who(thing), detail=detail, where=id_,
            )  # fmt: skip


def _sighting(bundle: BundleReader, thing: Thing) -> None:
    id_ = text(thing, "id")
    if id_ in bundle.consumed:
        return
    of = bundle.rows.get(text(thing, "sighting_of_ref"))
    if of is None:
        bundle.builder.problem(id_, text(thing, "sighting_of_ref"), "what was sighted is not there")
        return
    seen = bundle.interval(thing, "first_seen", "last_seen")
    detail = msgspec.json.encode(thing).decode()
    placed = False
    for ref in refs(thing, "where_sighted_refs"):
        for target in bundle.rows.get(ref, ()):
            for row in of:
                placed = True
                bundle.builder.link(
                    row, "sighted-by", target, seen=seen, by=bundle.by(thing), detail=detail,
                    collectors=bundle.who(thing), where=id_,
                )  # fmt: skip
    if not placed:
        for row in of:
            bundle.builder.property(
                row, "sighted", str(thing.get("count", 1)), seen=seen, by=bundle.by(thing),
                collectors=bundle.who(thing), where=id_,
            )  # fmt: skip


def _note(bundle: BundleReader, thing: Thing) -> None:
    if text(thing, "id") in bundle.consumed:
        return
    words = text(thing, "content") or text(thing, "explanation") or text(thing, "opinion")
    abstract = text(thing, "abstract")
    written = bundle.moment_us(thing.get("created"))
    actor = ", ".join((*strings(thing.get("authors")), *bundle.who(thing)))[:200]
    for ref in refs(thing, "object_refs"):
        for row in bundle.rows.get(ref, ()):
            bundle.builder.note(row, f"{abstract}\n{words}".strip(), actor=actor, at=written)


def _both_ends(thing: Thing) -> bool:
    return "src_ref" in thing and "dst_ref" in thing
