"""Files as Maltego's client writes them, from loose parts."""

from __future__ import annotations

import io
import zipfile

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.maltego.mtgx import (
    read_maltego_graphml,
)
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN

MTG = "http://maltego.paterva.com/xml/mtgx"


def archive(**members: bytes | str) -> bytes:
    """An archive of one graph (``graph``) or of members by name."""
    return zipped({f"Graphs/{name}.graphml": data for name, data in members.items()})


def zipped(members: dict[str, bytes | str]) -> bytes:
    """An archive of members by name."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return sink.getvalue()


def node(id_: str, type_: str, more: str = "", **values: str) -> str:
    """A node with properties (two underscores in a name are a dot)."""
    listed = "".join(
        f'<m:Property name="{name.replace("__", ".")}"><m:Value>{value}</m:Value></m:Property>'
        for name, value in values.items()
    )
    return (
        f'<node id="{id_}"><data key="x"><m:MaltegoEntity type="{type_}"><m:Properties>{listed}'
        f"</m:Properties>{more}</m:MaltegoEntity></data></node>"
    )


def edge(source: str, target: str, more: str = "", **values: str) -> str:
    """An edge that a person drew."""
    listed = "".join(
        f'<m:Property name="{name.replace("__", ".")}"><m:Value>{value}</m:Value></m:Property>'
        for name, value in values.items()
    )
    return (
        f'<edge source="{source}" target="{target}"><data key="y"><m:MaltegoLink '
        f'type="maltego.link.manual-link"><m:Properties>{listed}</m:Properties>{more}'
        "</m:MaltegoLink></data></edge>"
    )


def document(*inner: str) -> bytes:
    """A document of one graph."""
    return (
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:m="{MTG}">'
        f'<graph edgedefault="directed">{"".join(inner)}</graph></graphml>'
    ).encode()


def read(*inner: str) -> tuple[ExchangeGraph, list[ImportProblem]]:
    return read_maltego_graphml(document(*inner), ORIGIN, catalogue())


def links(graph: ExchangeGraph) -> list[str]:
    return [str(observation.subject) for _, _, observation in graph.links()]
