"""What GraphML and GEXF share: a graph as nodes and edges with named texts, and back."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import Fidelity, GraphPart
from clew.interop.serialize import decisions_to_json, observation_to_json
from clew.interop.xml import legal
from clew.model.entity import Link
from clew.model.interval import UNDATED, Interval

FIDELITY = Fidelity(
    GraphPart.TITLE
    | GraphPart.DAYS
    | GraphPart.PROVIDER
    | GraphPart.COLLECTORS
    | GraphPart.DETAIL
    | GraphPart.ALONE
    | GraphPart.TAGS
    | GraphPart.FLAGS
    | GraphPart.MARKS
    | GraphPart.PLACES
)
"""
What survives: entities with tags, stars, pins, seeds, markings and places; every observation of a
link with its dates, provider, collectors and details. No properties, states, notes, joins, and of
provenance no more than the provider.
"""
NODE_ATTRIBUTES = {
    "type": "string", "value": "string", "label": "string", "tags": "string", "star": "boolean",
    "pin": "boolean", "seed": "boolean", "tlp": "int", "pap": "int", "x": "double", "y": "double",
    "exact": "string",
}  # fmt: skip
"""What is written of an entity, and its type in the words of GraphML."""
EDGE_ATTRIBUTES = {
    "type": "string", "first": "string", "last": "string", "provider": "string",
    "collectors": "string", "detail": "string", "exact": "string",
}  # fmt: skip
"""What is written of an observation of a link; an end that is not known is left out."""


@dataclass(slots=True)
class FileNode:
    """A node as a file tells it."""

    id: str
    texts: dict[str, str] = field(default_factory=dict)
    """Its attributes, by their name and not their key."""
    where: str = ""


@dataclass(slots=True)
class FileEdge:
    """An edge as a file tells it."""

    source: str
    target: str
    texts: dict[str, str] = field(default_factory=dict)
    seen: Interval = UNDATED
    """When it was, as the format itself says."""
    where: str = ""


def xml_text(text: str) -> str:
    """A text as it stands in an element or in an attribute of XML."""
    made = html.escape(text)
    return made.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


def nodes_of(graph: ExchangeGraph) -> Iterator[FileNode]:
    """The entities of a graph; a node's id is its row."""
    for row, one in enumerate(graph.entities()):
        texts = {"type": one.type, "value": one.value, "label": one.value}
        for name, value in decisions_to_json(graph, row).items():
            match name:
                case "tags":
                    texts[name] = _joined_tags(value)
                case "place":
                    texts |= dict(zip(("x", "y"), map(repr, value), strict=True))
                case _:
                    texts[name] = "true" if value is True else repr(value)
        yield FileNode(f"n{row}", exact_texts(texts))


def edges_of(graph: ExchangeGraph) -> Iterator[FileEdge]:
    """The observations of links of a graph, each an edge."""
    for source, target, observation in graph.links():
        assert isinstance(observation.subject, Link)
        fields = observation_to_json(observation)
        texts = {"type": observation.subject.type, "provider": observation.provenance.provider}
        texts |= {name: fields[name] for name in ("first", "last", "detail") if name in fields}
        if observation.collectors:
            texts["collectors"] = ",".join(observation.collectors)
        yield FileEdge(f"n{source}", f"n{target}", exact_texts(texts), observation.seen)


def _joined_tags(tags: list[str]) -> str:
    """Tags in one text: between commas where that is clear, else as JSON."""
    plain = ",".join(tags)
    return plain if split_tags(plain) == tags else json.dumps(tags, ensure_ascii=False)


def split_tags(text: str) -> list[str]:
    """The tags that a text holds: a JSON list, or words between commas."""
    if text.startswith("["):
        try:
            return msgspec.json.decode(text, type=list[str])
        except (msgspec.DecodeError, RecursionError):
            pass
    return [tag.strip() for tag in text.split(",") if tag.strip()]


def exact_texts(texts: dict[str, str]) -> dict[str, str]:
    """Texts that XML can hold; those that it can't are told once more as JSON."""
    made = {name: text if text.isprintable() else legal(text) for name, text in texts.items()}
    changed = {name: text for name, text in texts.items() if made[name] != text}
    if changed:
        made["exact"] = json.dumps(changed)
    return made


def exact_of(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Texts as they were before XML had to hold them."""
    if "exact" not in texts:
        return texts
    made = {name: text for name, text in texts.items() if name != "exact"}
    try:
        exact = msgspec.json.decode(texts["exact"], type=dict[str, str])
    except (msgspec.DecodeError, RecursionError):
        return dict(texts)
    return made | {name: text for name, text in exact.items() if legal(text) == made.get(name)}
