"""Packages of STIX 1 from loose objects, and what is read of them."""

from __future__ import annotations

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.stix.stix1 import read_stix1
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, link_of

SPACES = (
    'xmlns:stix="http://stix.mitre.org/stix-1" xmlns:i="http://stix.mitre.org/Indicator-2" '
    'xmlns:c="http://stix.mitre.org/common-1" xmlns:cybox="http://cybox.mitre.org/cybox-2" '
    'xmlns:t="http://stix.mitre.org/TTP-1" xmlns:m="http://data-marking.mitre.org/Marking-1" '
    'xmlns:o="http://cybox.mitre.org/objects#X-2" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
Named = set[tuple[str, str]]


def package(*inside: str, title: str = "Sand Fox", header: str = "") -> bytes:
    return (
        f'<stix:STIX_Package {SPACES} id="p"><stix:STIX_Header><stix:Title>{title}</stix:Title>'
        f"{header}</stix:STIX_Header>{''.join(inside)}</stix:STIX_Package>"
    ).encode()


def indicator(properties: str, *, more: str = "", id_: str = "i1") -> str:
    return (
        f'<stix:Indicators><stix:Indicator id="{id_}" timestamp="2014-01-02T00:00:00Z"{more}>'
        f"<i:Title>One</i:Title><i:Description>About</i:Description>{properties}"
        "</stix:Indicator></stix:Indicators>"
    )


def observable(type_: str, fields: str, *, more: str = "", attributes: str = "") -> str:
    return (
        f'<i:Observable id="ob"{more}><cybox:Object id="obj"><cybox:Properties '
        f'xsi:type="o:{type_}ObjectType"{attributes}>{fields}</cybox:Properties></cybox:Object>'
        "</i:Observable>"
    )


def read(data: bytes) -> tuple[ExchangeGraph, list[ImportProblem]]:
    return read_stix1(data, ORIGIN, catalogue())


def named(data: bytes) -> list[tuple[str, str]]:
    return [
        (link_of(observation).target.type, link_of(observation).target.value)
        for _, _, observation in read(data)[0].links()
        if observation.subject.type == "has-indicator"
    ]
