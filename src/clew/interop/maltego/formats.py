"""Maltego's files: how its graphs are known, read and written, and its configuration is known."""

from __future__ import annotations

import re
from typing import NoReturn

from clew.errors import InvalidValue
from clew.interop.format import Confidence, Format
from clew.interop.maltego.mtgl_graph import read_mtgl
from clew.interop.maltego.mtgx import read_maltego_graphml, read_mtgx
from clew.interop.maltego.mtgx_write import FIDELITY, write_mtgx
from clew.interop.sample import FileSample

_DIALECT = re.compile(
    rb"xmlns(?::\w+)?\s*=\s*[\"']https?://maltego\.paterva\.com|<(?:\w+:)?MaltegoEntity\b"
)
_CONFIGURATION = ("Entities/", "TransformRepositories/", "Servers/", "Machines/")


def sniff_mtgx(sample: FileSample) -> Confidence | None:
    """A GraphML in an archive, in the folder of graphs or elsewhere."""
    graphs = [name for name in sample.members if name.endswith(".graphml")]
    if any(name.startswith("Graphs/") for name in graphs):
        return Confidence.CERTAIN
    return Confidence.LIKELY if graphs else None


def sniff_mtgl(sample: FileSample) -> Confidence | None:
    """The folder of entities' data in an archive."""
    found = any("DataEntities/" in name for name in sample.members)
    return Confidence.CERTAIN if found else None


def sniff_mtz(sample: FileSample) -> Confidence | None:
    """The folders of a configuration in an archive; graphs have some of them as well."""
    found = any(name.startswith(_CONFIGURATION) for name in sample.members)
    return Confidence.POSSIBLE if found else None


def sniff_maltego_graphml(sample: FileSample) -> Confidence | None:
    """GraphML with Maltego's namespace or elements."""
    found = sample.xml_root == "graphml" and _DIALECT.search(sample.head)
    return Confidence.CERTAIN if found else None


def _refuse_configuration(*_: object) -> NoReturn:
    raise InvalidValue(
        "file of a graph", "", "it is Maltego's configuration; see 'clew maltego offer'"
    )


MTGX = Format(
    name="mtgx",
    label="Maltego graph (.mtgx)",
    extensions=(".mtgx",),
    about="Layouts of clients 3 and 4 are read, all graphs of the archive; the oldest safe "
    "form is written, in XML 1.0. Unknown types become types of their own. When a transform "
    "ran is no sighting. Properties are written, their dates and sources are not read back.\n"
    "Elements of nodes and links, definitions, icons and attachments that Clew does not know "
    "survive within bounds.",
    sniff=sniff_mtgx,
    read=read_mtgx,
    write=write_mtgx,
    fidelity=FIDELITY,
)
MTGL = Format(
    name="mtgl",
    label="Maltego graph (.mtgl)",
    about="Read without Java, with places, notes and bookmarks; deleted entities stay "
    "deleted, though their data are in the file. Write a .mtgx instead.",
    extensions=(".mtgl",),
    sniff=sniff_mtgl,
    read=read_mtgl,
)
MALTEGO_GRAPHML = Format(
    name="maltego-graphml",
    label="Maltego GraphML",
    about="What Maltego puts on the clipboard; as the graph of a .mtgx.",
    sniff=sniff_maltego_graphml,
    read=read_maltego_graphml,
)
MTZ = Format(
    name="mtz",
    label="Maltego configuration",
    extensions=(".mtz",),
    about="Types and transforms; see `clew maltego offer`.",
    sniff=sniff_mtz,
    read=_refuse_configuration,
    holds_graph=False,
)
