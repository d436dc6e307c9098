"""STIX 1 packages as graphs: indicators of an incident, with the CybOX objects that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from lxml import etree

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ORIGINAL, ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.stix.cybox import CyboxObject, kind_of, rows_of
from clew.interop.stix.incident import (
    ID_LENGTH_MAX,
    ElementContext,
    StixIncident,
    add_means,
    element_context,
    incident_of,
)
from clew.interop.xml import Element, child, children, local, parse_xml, text_of
from clew.model.marking_text import NOT_UNDERSTOOD
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

ORIGINAL_PROPERTY = ORIGINAL + "stix1"
"""The property that keeps an indicator word for word, as canonical XML."""
ORIGINAL_ELEMENTS_MAX = 5_000
"""Largest indicator that is kept word for word, in elements."""
ORIGINAL_LENGTH_MAX = 1_000_000
"""Longest text of an indicator that is kept word for word, in code points."""
STATEMENTS_LENGTH_MAX = 64 * 1024 * 1024
"""Most that all indicators of a file say of their entities, in code points."""
REFERENCES_MAX = 100_000
"""Most entities that the references of one file stand for."""
_HEAD_BYTES = 64 * 1024
_EMPTY_PREFIX = re.compile(rb"""\sxmlns:\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_IDREF = "idref"
_PACKAGES = ("STIX_Package", "Package")


@dataclass(slots=True)
class _PackageReader:
    builder: GraphBuilder
    cases: dict[Element, StixIncident] = field(default_factory=dict)
    abouts: dict[Element, ElementContext] = field(default_factory=dict)
    rows: dict[str, dict[int, None]] = field(default_factory=dict)
    """Entities by the id of the observable or object that names them."""
    inside: dict[str, list[str]] = field(default_factory=dict)
    """What a composed observable refers to."""
    unknown: dict[str, int] = field(default_factory=dict)
    """How many objects there are of each kind that has no entity."""
    left: int = STATEMENTS_LENGTH_MAX

    def element_context(self, element: Element) -> ElementContext:
        """What an element says of what is in it; looked at once."""
        if element not in self.abouts:
            self.abouts[element] = one = element_context(element)
            if one.fault:
                self.builder.problem(one.id or local(element), one.fault, NOT_UNDERSTOOD)
        return self.abouts[element]

    def case(self, above: Sequence[Element]) -> StixIncident:
        """The incident that something stands in, or the package that it stands in."""
        found = above[-1]
        for one in above:
            if local(one) == "Incident" and one.get(_IDREF) is None:
                found = one
                break
            if local(one) in _PACKAGES and self.element_context(one).title:
                found = one
                break
        if found not in self.cases:
            outer = [self.element_context(one) for one in (found, *found.iterancestors())]
            self.cases[found] = incident_of(found, outer, self.builder)
        return self.cases[found]

    def level(self, above: Sequence[Element]) -> int:
        """The strictest TLP that is told of something, or around it."""
        return max((self.element_context(one).level for one in above), default=0)


def read_stix1(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of a package: its incident, and what the indicators in it name.

    Packages within packages are read too. Times are of the making of objects, not of sightings,
    so no link is dated.

    Raises:
        InvalidValue: It is no XML, or no package of STIX 1.

    Source:
        STIX 1.2 and CybOX 2.1, whose schemas 1.0 to 1.1.1 are parts of.
    """
    builder = GraphBuilder(catalogue, origin)
    root = _root(data, builder)
    reader = _PackageReader(builder)
    named: dict[Element, dict[int, None]] = {}
    loose: dict[int, StixIncident] = {}
    for properties in root.iter("{*}Properties"):
        above = list(properties.iterancestors())
        rows = _object(properties, above, reader)
        for one in above:
            if local(one) in ("Observable", "Object") and reader.element_context(one).id:
                reader.rows.setdefault(reader.element_context(one).id, {}).update(
                    dict.fromkeys(rows)
                )
        indicator = next((one for one in above if local(one) == "Indicator"), None)
        if indicator is None:
            loose.update(dict.fromkeys(rows, reader.case(above)))
        else:
            named.setdefault(indicator, {}).update(dict.fromkeys(rows))
    _references(root, named, reader)
    for element in root.iter("{*}Indicator"):
        if element.get(_IDREF) is None:
            _indicator(element, named.get(element), reader)
    linked = {row for rows in named.values() for row in rows}
    for row, case in loose.items():
        if row not in linked:
            builder.link(
                case.row, "mentions", row, by=case.number(builder), collectors=case.who,
                where="Observable",
            )  # fmt: skip
    for element in root.iter("{*}Incident"):
        if element.get(_IDREF) is None:
            reader.case([element, *element.iterancestors()])
    for package in root.iter(*(f"{{*}}{name}" for name in _PACKAGES)):
        _means(package, reader)
    for kind, count in sorted(reader.unknown.items()):
        builder.problem(
            "Properties", kind, f"its kind of object has no entity here ({count} of them)"
        )
    return builder.build()


def _root(data: bytes, builder: GraphBuilder) -> Element:
    head = data[:_HEAD_BYTES]
    mended = _EMPTY_PREFIX.sub(b"", head, count=1)
    if mended != head:
        # An exporter with an empty alias declares a prefix without a name, which is no XML.
        builder.problem("STIX_Package", "xmlns:=", "a namespace without a prefix was let go")
        data = mended + data[_HEAD_BYTES:]
    root = parse_xml(data)
    space = str(root.tag).partition("}")[0]
    if local(root) != "STIX_Package" or ("}" in str(root.tag) and "stix.mitre.org" not in space):
        raise InvalidValue("STIX 1 package", local(root), "its root is no STIX_Package")
    return root


def _object(properties: Element, above: list[Element], reader: _PackageReader) -> list[int]:
    """The entities of an object; none where it, or an observable around it, is negated."""
    where = next(
        (reader.element_context(one).id for one in above if reader.element_context(one).id),
        "Properties",
    )
    if any(reader.element_context(one).negated for one in above):
        text = " ".join(text_of(properties).split())
        reader.builder.problem(where, text, "what is negated says what must not be there")
        return []
    case = reader.case(above)
    by = case.number(reader.builder, reader.level(above))
    rows = rows_of(CyboxObject(properties, reader.builder, by, where))
    if rows is None:
        kind = kind_of(properties) or "(none)"
        reader.unknown[kind[:100]] = reader.unknown.get(kind[:100], 0) + 1
        return []
    return rows


def _means(package: Element, reader: _PackageReader) -> None:
    """What a package names is of its incident where there is one, else of the package."""
    if all(child(package, one) is None for one in ("TTPs", "Threat_Actors", "Exploit_Targets")):
        return
    around = child(package, "Incidents")
    incidents = children(around, "Incident") if around is not None else []
    inner = incidents[0] if len(incidents) == 1 else package
    add_means(package, reader.case([inner, *inner.iterancestors()]), reader.builder)


def _references(
    root: Element, named: dict[Element, dict[int, None]], reader: _PackageReader
) -> None:
    """Observables that stand elsewhere, and indicators or compositions that refer to them."""
    asked: list[tuple[Element, str]] = []
    for one in root.iter("{*}Observable", "{*}Object", "{*}Related_Object"):
        ref = one.get(_IDREF, "")[:ID_LENGTH_MAX]
        if not ref or any(
            reader.element_context(above).negated for above in (one, *one.iterancestors())
        ):
            continue
        for above in one.iterancestors("{*}Indicator", "{*}Observable"):
            if local(above) == "Indicator":
                asked.append((above, ref))
                break
            if reader.element_context(above).id:
                reader.inside.setdefault(reader.element_context(above).id, []).append(ref)
    left = REFERENCES_MAX
    for indicator, ref in asked:
        rows, seen = _reached(ref, reader)
        left -= seen
        if left < 0:
            reason = f"only {REFERENCES_MAX} references are followed"
            reader.builder.problem("Observable", ref, reason)
            return
        if not rows:
            reader.builder.problem(
                reader.element_context(indicator).id,
                ref,
                "it refers to what is not there or not read",
            )
        named.setdefault(indicator, {}).update(rows)


def _reached(ref: str, reader: _PackageReader) -> tuple[dict[int, None], int]:
    """What an id stands for, through compositions, and how many steps and entities that were."""
    rows: dict[int, None] = {}
    seen, waiting = {ref}, [ref]
    while waiting and len(seen) < REFERENCES_MAX:
        at = waiting.pop()
        rows.update(reader.rows.get(at, {}))
        more = [one for one in reader.inside.get(at, ()) if one not in seen]
        seen.update(more)
        waiting.extend(more)
    return rows, len(seen) + len(rows)


def _indicator(element: Element, rows: dict[int, None] | None, reader: _PackageReader) -> None:
    builder, above = reader.builder, [element, *element.iterancestors()]
    where, title = (
        reader.element_context(element).id or "Indicator",
        reader.element_context(element).title,
    )
    case = reader.case(above)
    by = case.number(builder, reader.level(above))
    original = _canonical(element)
    if not original:
        builder.problem(where, title, "the indicator is too large to be kept word for word")
    if not rows:
        composed = child(element, "Composite_Indicator_Expression") is not None
        if rows is None and not composed:
            builder.problem(where, title, "the indicator names no observable")
        builder.property(
            case.row, ORIGINAL_PROPERTY, original, by=by, collectors=case.who, where=where
        )
        return
    detail = {
        "id": where, "title": title, "timestamp": element.get("timestamp"),
        "types": [text_of(one) for one in children(element, "Type")],
        "confidence": text_of(child(child(element, "Confidence"), "Value")),
        "relationship": _relationship(element),
    }  # fmt: skip
    text = msgspec.json.encode({name: one for name, one in detail.items() if one}).decode()
    facts = {
        "title": title, "description": text_of(child(element, "Description")),
        ORIGINAL_PROPERTY: original,
        "valid_from": text_of(next(element.iter("{*}Start_Time"), None)),
        "valid_until": text_of(next(element.iter("{*}End_Time"), None)),
    }  # fmt: skip
    reader.left -= len(rows) * sum(map(len, (text, *facts.values())))
    if reader.left < 0:
        builder.problem(
            where, title, f"over {STATEMENTS_LENGTH_MAX} letters: only its links are read"
        )
        text, facts = "", {}
    for row in rows:
        builder.link(
            case.row, "has-indicator", row, by=by, collectors=case.who, detail=text, where=where
        )
        for name, value in facts.items():
            builder.property(row, name, value, by=by, collectors=case.who, where=where)


def _relationship(element: Element) -> str:
    around = element.getparent()
    return text_of(child(around, "Relationship")) if around is not None else ""


def _canonical(element: Element) -> str:
    """An element with only the namespaces that it uses; empty where it is a giant."""
    length = 0
    for number, one in enumerate(element.iter()):
        length += len(one.text or "") + sum(map(len, one.attrib.values()))
        if number > ORIGINAL_ELEMENTS_MAX or length > ORIGINAL_LENGTH_MAX:
            return ""
    try:
        bare = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
        return str(bare, "utf-8")
    except (etree.LxmlError, ValueError):
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
