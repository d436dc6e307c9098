"""OpenIOC: how it is known and read."""

from __future__ import annotations

from clew.interop.format import Confidence, Format
from clew.interop.openioc.read import read_openioc
from clew.interop.sample import FileSample


def sniff_openioc(sample: FileSample) -> Confidence | None:
    """Its root element, of either version."""
    return Confidence.CERTAIN if sample.xml_root in ("ioc", "openioc") else None


OPENIOC = Format(
    name="openioc",
    label="OpenIOC",
    extensions=(".ioc",),
    about="1.0 and 1.1. A document mentions its entities. Terms without an entity, negations "
    "and parts of values are told, and kept in the document's original.",
    sniff=sniff_openioc,
    read=read_openioc,
)
