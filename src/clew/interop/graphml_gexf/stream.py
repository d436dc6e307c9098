"""Graph files element by element: what they declare first, then their nodes and edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from clew.interop.xml import Element, ElementSink, local, xml_events

_CONTENT = re.compile(rb"<(?:[\w.-]{1,100}:)?(?:nodes?|edges?|hyperedge)[\s/>]")
_GRAPH, _NODE = "graph", "node"


def declarations(data: bytes, declared: Sequence[bytes]) -> Element:
    """
    The root of a graph file without its nodes and edges.

    Args:
        data: As clean_xml gives it.
        declared: Names of the elements that declare something; where none begins behind the
            first node, the text is read no further than that.

    Raises:
        InvalidValue: As xml_events.
    """
    first = _CONTENT.search(data)
    if first is not None and not any(_begins(data, name, first.end()) for name in declared):
        root = _prefix(data[: first.start()])
        if root is not None:
            return root
    sink, depth, root = ElementSink(), 0, None
    for event, element in xml_events(data, ("*",)):
        root = element if root is None else root
        if local(element) in ("node", "edge", "hyperedge"):
            depth += 1 if event == "start" else -1
            if event == "end" and not depth:
                sink.clear(element)
    return root


def outer_elements(data: bytes, names: Sequence[str]) -> Iterator[tuple[int, Element, Element]]:
    """
    The nodes that are in no node, and the elements of those names that are in none, in order.

    Each comes with the number of the graph around it, from 0, and that graph; it is cleared when
    the next one is asked for.
    """
    sink, depth, number = ElementSink(), 0, -1
    graphs: list[Element] = []
    for event, element in xml_events(data, (_GRAPH, _NODE, *names)):
        name = local(element)
        if name == _GRAPH:
            if event == "end":
                graphs.pop()
            else:
                number += not graphs
                graphs.append(element)
            continue
        if name == _NODE:
            depth += 1 if event == "start" else -1
        if event == "end" and not depth and graphs:
            yield number, graphs[0], element
            sink.clear(element)


def _begins(data: bytes, name: bytes, start: int) -> bool:
    """Whether an element of that name begins behind *start*, whatever its namespace."""
    at = data.find(name, start)
    while at >= 0:
        behind = data[at + len(name) : at + len(name) + 1]
        if data[at - 1 : at] in (b"<", b":") and (behind.isspace() or behind in (b"/", b">")):
            return True
        at = data.find(name, at + 1)
    return False


def _prefix(data: bytes) -> Element | None:
    """The root of a text that ends in the midst of it; None where it does not hold so far."""
    parser = etree.XMLPullParser(events=("start",), recover=False, resolve_entities=False)
    try:
        parser.feed(data)
        return next((element for _, element in parser.read_events()), None)
    except etree.XMLSyntaxError:
        return None
