"""GraphML and GEXF: how they are known, read and written."""

from __future__ import annotations

from clew.interop.format import Confidence, Format
from clew.interop.graphml_gexf.attributes import FIDELITY
from clew.interop.graphml_gexf.gexf import read_gexf, write_gexf
from clew.interop.graphml_gexf.graphml import read_graphml, write_graphml
from clew.interop.sample import FileSample


def sniff_graphml(sample: FileSample) -> Confidence | None:
    """Any GraphML; dialects of it are surer of theirs."""
    return Confidence.LIKELY if sample.xml_root == "graphml" else None


def sniff_gexf(sample: FileSample) -> Confidence | None:
    """Its root element."""
    return Confidence.CERTAIN if sample.xml_root == "gexf" else None


GRAPHML = Format(
    name="graphml",
    label="GraphML",
    extensions=(".graphml",),
    about="For yEd, Gephi and networkx; an edge an observation. Foreign files: a node is what "
    "its type or its label says, other attributes stay in a link's details; ports and "
    "hyperedges are told.",
    sniff=sniff_graphml,
    read=read_graphml,
    write=write_graphml,
    fidelity=FIDELITY,
)
GEXF = Format(
    name="gexf",
    label="GEXF",
    extensions=(".gexf",),
    about="For Gephi; an edge an observation, with its time and its places.",
    sniff=sniff_gexf,
    read=read_gexf,
    write=write_gexf,
    fidelity=FIDELITY,
)
