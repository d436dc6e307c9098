"""Domain objects as entities: actors, malware, reports, indicators and the rest (section 4)."""

from __future__ import annotations

from clew.errors import InvalidValue
from clew.interop.stix.bundle_reader import BundleReader, Thing, items, strings, text
from clew.interop.stix.observables import observable
from clew.interop.stix.pattern import Atom, read_pattern
from clew.interop.stix.words import HASHES, NAMED, OBSERVABLES, SIMPLE
from clew.interop.texts import own_type

ENTITIES_OF_INDICATOR_MAX = 1_000
"""Most entities that one pattern is parsed to."""
_OF_ATTACK = ("attack-pattern", "course-of-action", "tool")


def domain_object(bundle: BundleReader, thing: Thing) -> tuple[int, ...]:
    """The entities that a domain object is."""
    type_, id_, by = text(thing, "type"), text(thing, "id"), bundle.by(thing)
    name = text(thing, "name")
    builder = bundle.builder
    if type_ == "indicator":
        rows = indicator(bundle, thing)
        for one in rows:
            bundle.facts(thing, one)
            for kind in strings(thing.get("indicator_types")):
                builder.tag(one, kind[:200])
        return rows
    row: int | None
    match type_:
        case _ if type_ in NAMED:
            row = builder.entity(NAMED[type_], name or id_, id_, by)
        case "identity":
            person = text(thing, "identity_class") == "individual"
            row = builder.entity("person" if person else "organisation", name or id_, id_, by)
        case "location":
            place = text(thing, "country") or name or text(thing, "region") or id_
            row = builder.entity("location", place, id_, by)
            if row is not None:
                bundle.say(thing, row, "latitude", thing.get("latitude"))
                bundle.say(thing, row, "longitude", thing.get("longitude"))
        case "vulnerability":
            row = _vulnerability(bundle, thing)
        case _:
            own = type_ if type_ in _OF_ATTACK else own_type(type_)
            row = builder.entity(own, _title(thing) or id_, id_, by)
    if row is None:
        return ()
    bundle.facts(thing, row)
    if type_ == "report":
        bundle.say(thing, row, "published", thing.get("published"))
    return (row,)


def indicator(bundle: BundleReader, thing: Thing) -> tuple[int, ...]:
    """
    The entities that an indicator's pattern asks for.

    Hashes of one observation expression are the same file. A pattern that is more than equal
    comparisons is told, and one without any is an entity of its own.
    """
    builder, id_ = bundle.builder, text(thing, "id")
    rows: list[int] = []
    dialect = text(thing, "pattern_type") or "stix"
    if dialect == "stix":
        try:
            pattern = read_pattern(text(thing, "pattern"))
        except InvalidValue as error:
            builder.problem(id_, text(thing, "pattern"), error.reason)
        else:
            hashes: dict[int, int] = {}
            whole = pattern.whole
            for atom in pattern.atoms[:ENTITIES_OF_INDICATOR_MAX]:
                row = _atom(bundle, thing, atom)
                whole = whole and row is not None
                if row is None or row in rows:
                    continue
                rows.append(row)
                if atom.path.startswith("hashes"):
                    first = hashes.setdefault(atom.observation, row)
                    if first != row:
                        builder.link(
                            first, "same-as", row, by=bundle.by(thing), collectors=bundle.who(thing)
                        )
            if len(pattern.atoms) > ENTITIES_OF_INDICATOR_MAX:
                over = len(pattern.atoms) - ENTITIES_OF_INDICATOR_MAX
                builder.problem(id_, text(thing, "pattern"), f"{over} comparisons were left out")
            if not whole and rows:
                builder.problem(
                    id_, text(thing, "pattern"),
                    "it asks for more than these values; the whole of it is kept with them",
                )  # fmt: skip
    if not rows:
        named = text(thing, "name") or text(thing, "pattern")[:500] or id_
        row = builder.entity("indicator", named, id_, bundle.by(thing))
        rows = [] if row is None else [row]
        for row in rows:
            bundle.say(thing, row, "pattern", thing.get("pattern"))
    return tuple(rows)


def _atom(bundle: BundleReader, thing: Thing, atom: Atom) -> int | None:
    """The entity that one comparison asks for; None where none is meant."""
    id_, by = text(thing, "id"), bundle.by(thing)
    if atom.type in SIMPLE and atom.path == SIMPLE[atom.type][1]:
        rows = observable(bundle, {"type": atom.type, "id": id_, atom.path: atom.value,
                                 "created_by_ref": thing.get("created_by_ref")})  # fmt: skip
        return rows[0] if rows else None
    if atom.type == "file" and atom.path.startswith("hashes."):
        name = atom.path.removeprefix("hashes.").upper()
        if HASHES.get(name) == len(atom.value.strip()):
            return bundle.builder.entity("file", atom.value, id_, by)
        bundle.builder.problem(id_, atom.value, f"{name} has another length")
        return None
    if atom.type == "file" and atom.path in ("name", "path"):
        return bundle.builder.entity("file-path", atom.value, id_, by)
    if atom.type == "autonomous-system" and atom.path == "number":
        return bundle.builder.entity("autonomous-system", f"AS{atom.value}", id_, by)
    if atom.type == "network-traffic" and atom.path in ("dst_ref.value", "src_ref.value"):
        return bundle.builder.entity(_host_kind(bundle, atom.value), atom.value, id_, by)
    if atom.type == "email-message" and atom.path in ("from_ref.value", "sender_ref.value"):
        return bundle.builder.entity("email-address", atom.value, id_, by)
    if atom.type == "x509-certificate" and atom.path in ("hashes.SHA-1", "hashes.SHA-256"):
        return bundle.builder.entity("certificate", atom.value, id_, by)
    if atom.path.endswith("User-Agent"):
        return bundle.builder.entity("user-agent", atom.value, id_, by)
    if atom.type not in OBSERVABLES:
        return bundle.builder.entity(own_type(atom.type), atom.value, id_, by)
    return None


def _host_kind(bundle: BundleReader, value: str) -> str:
    """Whether the end of a connection is an address or a name; the pattern need not say."""
    try:
        bundle.builder.catalogue.entity_types["ip-address"].value(value)
    except InvalidValue:
        return "domain-name"
    return "ip-address"


def _title(thing: Thing) -> str:
    """The name, behind the number that ATT&CK gives it where it has one (T1059 PowerShell)."""
    name = text(thing, "name")
    for one in items(thing.get("external_references")):
        if isinstance(one, dict) and text(one, "source_name").startswith("mitre-"):
            number = text(one, "external_id")
            if number:
                return f"{number} {name}".strip()
    return name


def _vulnerability(bundle: BundleReader, thing: Thing) -> int | None:
    id_, by = text(thing, "id"), bundle.by(thing)
    kind = bundle.builder.catalogue.entity_types["vulnerability"]
    for one in items(thing.get("external_references")):
        if isinstance(one, dict) and text(one, "source_name") == "cve":
            return bundle.builder.entity("vulnerability", text(one, "external_id"), id_, by)
    try:
        return bundle.builder.entity("vulnerability", str(kind.value(text(thing, "name"))), id_, by)
    except InvalidValue:
        return bundle.builder.entity("weakness", text(thing, "name") or id_, id_, by)
