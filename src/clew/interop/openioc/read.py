"""OpenIOC 1.0 and 1.1 as graphs: a document that mentions what its indicator asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
from lxml import etree

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ORIGINAL, ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.openioc.terms import HOSTS, TERMS, WHOLE_ONLY
from clew.interop.texts import field_name
from clew.interop.xml import Element, child, children, local, parse_xml, text_of
from clew.model.marking_text import MARKING_NAMES, read_marking, scheme_of
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

ORIGINAL_PROPERTY = ORIGINAL + "openioc"
"""The property of the document that keeps the file word for word."""
ORIGINAL_LENGTH_MAX = 1_000_000
"""Longest file that is kept word for word, in code points."""
ITEMS_MAX = 200_000
"""Most indicator items of one file."""
KEYWORDS_MAX = 1_000
"""Most keywords of one file."""
COMMENT_LENGTH_MAX = 2_000
"""Longest comment of an item that its link repeats, in code points."""

_FACTS = {
    "description": "description",
    "authored_date": "authored_date",
    "last-modified": "last_modified",
    "published-date": "published",
}
_EQUAL = frozenset({"is", ""})
_PART = frozenset({"contains", "starts-with", "ends-with"})
_NEGATED = {"isnot": "is", "containsnot": "contains"}
_ID = re.compile(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
_HANDLE = "processitem/handlelist/handle/"
_MUTANT = re.compile(r"\b(?:mutant|mutex)(?:es|s)?\b", re.IGNORECASE)
_KEYWORDS = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that is asked for."""

    term: str
    condition: str
    content: str
    negated: bool
    operator: str
    """How it stands with its neighbours: AND or OR."""
    group: str
    """Id of the indicator that it stands in."""
    comment: str
    mutant: bool
    """Whether it is a handle, and its group says that handles there are mutexes."""
    where: str


@dataclass(frozen=True, slots=True)
class _Group:
    """What an indicator says of the items in it."""

    id: str = ""
    operator: str = ""
    mutant: bool = False
    """Whether its handles are mutexes."""


@dataclass(slots=True)
class _Counts:
    """What is told once with how often it occurs."""

    unknown: Counter[str] = field(default_factory=Counter)
    named: int = 0
    """Items whose value stands in their id."""
    groups: dict[Element, _Group] = field(default_factory=dict)


def read_openioc(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The document that an indicator of compromise is, linked to what it asks for.

    Raises:
        InvalidValue: It is no XML, or no OpenIOC.

    Source:
        OpenIOC 1.0 (http://schemas.mandiant.com/2010/ioc) and 1.1 (schema OpenIOC_1.1).
    """
    root = parse_xml(data)
    if local(root) not in ("ioc", "OpenIOC"):
        raise InvalidValue("OpenIOC", local(root), "its root is neither ioc nor OpenIOC")
    builder = GraphBuilder(catalogue, origin)
    head = child(root, "metadata")
    head = root if head is None else head
    who = [text_of(child(head, "authored_by"))[:200]]
    document = _document(root, head, builder)
    _facts(root, head, document, who, builder)
    _keep(data, root, document, who, builder)
    criteria = child(root, "criteria")
    counts = _Counts()
    for item in _items(
        child(root, "definition") if criteria is None else criteria, builder, counts
    ):
        _take(item, document, who, builder, counts)
    if counts.named:
        reason = f"{counts.named} items without content: their ids were read as their values"
        builder.problem("IndicatorItem", "", reason)
    for term, count in sorted(counts.unknown.items()):
        builder.problem("Context", term, f"its term has no entity here ({count} of its items)")
    return builder.build()


def _document(root: Element, head: Element, builder: GraphBuilder) -> int | None:
    title = text_of(child(head, "short_description"))
    id_ = root.get("id", "").strip()
    builder.graph.title = title
    if title:
        row = builder.entity("document", title, "short_description")
        if row is not None:
            return row
    return builder.entity("document", f"OpenIOC {id_}".strip()[:200], "ioc")


def _facts(
    root: Element, head: Element, document: int | None, who: list[str], builder: GraphBuilder
) -> None:
    """What is said of the indicator as a whole; its dates are no sightings."""
    builder.property(document, "openioc_id", root.get("id"), collectors=who, where="ioc")
    for name, ours in _FACTS.items():
        text = root.get(name) or text_of(child(head, name))
        builder.mark_file_by(text, name)
        builder.property(document, ours, text, collectors=who, where=name)
    for name in ("short_description", "keywords"):
        builder.mark_file_by(text_of(child(head, name)), name)
    keywords = _KEYWORDS.split(text_of(child(head, "keywords")))
    if len(keywords) > KEYWORDS_MAX:
        reason = f"only {KEYWORDS_MAX} of its {len(keywords)} keywords are read"
        builder.problem("keywords", "", reason)
    for keyword in keywords[:KEYWORDS_MAX]:
        builder.tag(document, keyword.strip()[:200])
    links = child(head, "links")
    for one in children(links, "link") if links is not None else ():
        text, kind = text_of(one) or one.get("href", ""), one.get("rel", "").strip()
        target = None
        if field_name(kind) in MARKING_NAMES:
            marking, fault = read_marking(text, scheme=scheme_of(field_name(kind)))
            builder.mark_file(marking, "link", text, fault)
        if kind == "family" and text:
            target = builder.entity("malware-family", text, "link")
            builder.link(document, "mentions", target, collectors=who, where="link")
        elif kind == "threatgroup" and text:
            target = builder.entity("threat-actor", text, "link")
            builder.link(document, "attributed-to", target, collectors=who, where="link")
        if target is None:
            line = f"{kind}: {text}" if kind else text
            builder.property(document, "link", line, collectors=who, where="link")
        if text != one.get("href", text):
            builder.property(document, "web_link", one.get("href"), collectors=who, where="link")


def _keep(
    data: bytes, root: Element, document: int | None, who: list[str], builder: GraphBuilder
) -> None:
    """The file word for word, where it is no giant."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = str(etree.tostring(root, encoding="unicode"))
    if len(text) > ORIGINAL_LENGTH_MAX:
        reason = f"it has over {ORIGINAL_LENGTH_MAX} letters, so it was not kept word for word"
        builder.problem("file", "", reason)
        return
    builder.property(document, ORIGINAL_PROPERTY, text, collectors=who, where="file")


def _items(criteria: Element | None, builder: GraphBuilder, counts: _Counts) -> Iterator[_Item]:
    """All items, however deeply their indicators are nested."""
    waiting = [(one, False) for one in criteria] if criteria is not None else []
    waiting.reverse()
    number = 0
    while waiting:
        element, negated = waiting.pop()
        negated = negated != (element.get("negate", "").strip().lower() == "true")
        if local(element) == "Indicator":
            waiting.extend((one, negated) for one in reversed(element))
        elif local(element) == "IndicatorItem":
            number += 1
            if number > ITEMS_MAX:
                builder.problem("IndicatorItem", "", f"only the first {ITEMS_MAX} items are read")
                return
            yield _item(element, negated, number, counts)


def _item(element: Element, negated: bool, number: int, counts: _Counts) -> _Item:
    context, group = child(element, "Context"), element.getparent()
    content = text_of(child(element, "Content"))
    id_ = element.get("id", "").strip()
    if not content and id_ and not _ID.fullmatch(id_):
        # MISP once wrote the value where the item's id belongs.
        content = id_
        counts.named += 1
    condition = element.get("condition", "").strip().lower()
    term = context.get("search", "").strip() if context is not None else ""
    comment = text_of(child(element, "Comment"))
    about = _group(group, counts) if group is not None else _Group()
    comment = comment[:COMMENT_LENGTH_MAX]
    mutant = about.mutant or bool(_MUTANT.search(comment))
    return _Item(
        term, condition, content, negated != (condition in _NEGATED), about.operator, about.id,
        comment, mutant and term.lower() == _HANDLE + "name", f"item {number}",
    )  # fmt: skip


def _group(element: Element, counts: _Counts) -> _Group:
    """What an indicator says of the items in it; looked at once."""
    if element not in counts.groups:
        contexts = ((near, child(near, "Context")) for near in children(element, "IndicatorItem"))
        counts.groups[element] = _Group(
            element.get("id", "")[:200],
            element.get("operator", "").strip().upper()[:20],
            any(
                context is not None
                and context.get("search", "").lower() == _HANDLE + "type"
                and _MUTANT.fullmatch(text_of(child(near, "Content")))
                for near, context in contexts
            ),
        )
    return counts.groups[element]


def _take(
    item: _Item, document: int | None, who: list[str], builder: GraphBuilder, counts: _Counts
) -> None:
    term = item.term.lower()
    kind = TERMS.get(term)
    if item.mutant:
        kind = "mutex"
    shown = f"{item.term} {item.condition} {item.content}"
    if kind is None:
        counts.unknown[item.term or "(none)"] += 1
        return
    if item.negated:
        builder.problem(item.where, shown, "a negated item says what must not be there")
        return
    if _NEGATED.get(item.condition, item.condition) not in _EQUAL | _PART:
        builder.problem(item.where, shown, f"the condition {item.condition} names no whole value")
        return
    row = _entity(kind, item, shown, builder)
    detail = {"term": item.term, "condition": item.condition}
    for name, text in (("operator", item.operator), ("comment", item.comment)):
        if text:
            detail[name] = text
    if item.operator == "AND" and item.group:
        detail["group"] = item.group
    builder.link(
        document, "mentions", row, collectors=who, where=item.where,
        detail=msgspec.json.encode(detail).decode(),
    )  # fmt: skip


def _entity(kind: str, item: _Item, shown: str, builder: GraphBuilder) -> int | None:
    """The row of what an item asks for; None, with a problem, where it is a piece of a value."""
    if not item.content:
        builder.problem(item.where, shown, "the item has no content")
        return None
    part = _NEGATED.get(item.condition, item.condition) in _PART
    if part and kind in WHOLE_ONLY:
        builder.problem(item.where, shown, "a piece of a value is no value")
        return None
    if kind not in HOSTS:
        return builder.entity(kind, item.content, item.where)
    address = "netblock" if "/" in item.content else "ip-address"
    for one in (address, "domain-name"):
        known = builder.catalogue.entity_types.get(one)
        try:
            value = known.value(item.content) if known is not None else None
        except InvalidValue:
            continue
        if value is None or (part and not (value.likely() and re.search("[.:]", value))):
            continue
        return builder.entity(one, item.content, item.where)
    if part:
        builder.problem(item.where, shown, "a piece of a host is no host")
        return None
    return builder.entity(kind, item.content, item.where)
