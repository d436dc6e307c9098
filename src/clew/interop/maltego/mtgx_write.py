"""Graphs as files that Maltego's clients open (`.mtgx`), in their oldest form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from clew.errors import TooLarge
from clew.interop.archive import MEMBER_BYTES_MAX
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import Fidelity, GraphPart
from clew.interop.maltego import own
from clew.interop.maltego.definition import DefinedField, EntityDefinition, write_definition
from clew.interop.maltego.graph_elements import MaltegoProperty
from clew.interop.maltego.graphml_write import graph_xml
from clew.interop.maltego.java_properties import write_properties
from clew.interop.maltego.type_values import OWN_HEAD
from clew.interop.maltego.zip_write import VERSION, file_name, is_safe, zip_of
from clew.model.moment import EPOCH

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
    | GraphPart.NOTES
    | GraphPart.PLACES
    | GraphPart.MERGED
)
"""
What a file keeps of a graph. Characters that XML can't hold become marks.

Of the properties of an entity it has the first value of each name, without dates and sources.
"""


def write_mtgx(graph: ExchangeGraph) -> bytes:
    """
    A graph as one file with one graph in it; values as they are, not defanged.

    Each observation of a link is an edge. Entities that came from Maltego keep their type there,
    and what else was said of them.

    Raises:
        TooLarge: Its one member would have more bytes than are read.
    """
    text, types = graph_xml(graph)
    if len(text) > MEMBER_BYTES_MAX:
        # What is larger could not be read again.
        raise TooLarge("bytes", MEMBER_BYTES_MAX, of=".mtgx")
    members = {
        "version.properties": write_properties(VERSION),
        "Graphs/Graph1.properties": write_properties(_whole(graph)),
        "Graphs/Graph1.graphml": text,
    }
    for type_ in sorted(types):
        members[f"Entities/{file_name(OWN_HEAD + type_)}.entity"] = write_definition(
            definition_of(type_)
        )
    for name, data in graph.rest.items():
        if is_safe(name):
            members.setdefault(name, data)
    return zip_of(members)


def definition_of(type_: str) -> EntityDefinition:
    """How Clew declares a type of its own to Maltego."""
    id_, name, shown = f"{OWN_HEAD}{type_}", f"properties.{type_}", type_.replace("-", " ").title()
    return EntityDefinition(
        id_, shown, category="Clew", value=name, display_value=name,
        fields=(DefinedField(name, display_name=shown),),
    )  # fmt: skip


def _whole(graph: ExchangeGraph) -> dict[str, str]:
    """What is told of the graph as a whole."""
    learnt = sorted(one.learnt for one in graph.provenance) or [0]
    texts = {"created": _date(learnt[0]), "modified": _date(learnt[-1])}
    if graph.title:
        texts["clew.title"] = graph.title
    if -1 in graph.marks:
        texts |= _texts(own.marking_properties(graph.marks[-1]))
    notes = [one for one in graph.notes if one.entity < 0]
    if notes:
        texts |= _texts(own.entity_properties(ExchangeGraph(), -1, notes, None))
        texts["clew.shown"] = own.notes_text(notes)
    return texts


def _texts(properties: Iterable[MaltegoProperty]) -> dict[str, str]:
    return {one.name: one.value for one in properties}


def _date(second: int) -> str:
    try:
        at = EPOCH + timedelta(seconds=second)
    except OverflowError:
        at = EPOCH
    return f"{at:%Y-%m-%d %H:%M:%S}.000 +0000"
