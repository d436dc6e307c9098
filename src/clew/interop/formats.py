"""All file formats that Clew reads and writes, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from clew.errors import InvalidValue, UnknownName
from clew.interop.carried import Carried, Problem
from clew.interop.parts import ALL, Carries
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

Read = Callable[[bytes, Provenance, Catalogue], tuple[Carried, list[Problem]]]
Write = Callable[[Carried], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is called, and the functions that read and write it."""

    name: str
    label: str
    endings: tuple[str, ...]
    """Of files that Clew writes; what is read is known by its content."""
    room: str
    """Module of the reader, in this package."""
    reads: str = ""
    """Name of the reader there; empty where there is none."""
    writes: str = ""
    """``module:function`` of the writer, or a function of *room*; empty where there is none."""
    carries: str = ""
    """``module:constant`` with what survives writing and reading; empty: all of it."""
    about: str = ""
    """What is read, and what is not; a sentence or two for the reference page."""

    def reader(self) -> Read:
        """The function that reads it; loaded when first asked for."""
        if not self.reads:
            raise UnknownName("format that is read", self.name, known=tuple(READABLE))
        return cast("Read", _found(self.room, self.reads))

    def writer(self) -> Write:
        """The function that writes it."""
        if not self.writes:
            raise UnknownName("format that is written", self.name, known=tuple(WRITABLE))
        return cast("Write", _found(self.room, self.writes))

    def keeps(self) -> Carries:
        """What survives writing and reading."""
        return cast("Carries", _found(self.room, self.carries)) if self.carries else Carries(ALL)


def _found(room: str, name: str) -> object:
    module, colon, inside = name.partition(":")
    return getattr(import_module(f"clew.interop.{module if colon else room}"), inside or module)


FORMATS: tuple[Format, ...] = (
    Format(
        "jsonl", "JSON lines", (".jsonl", ".ndjson"), "jsonl", "read_jsonl", "write_jsonl",
        about="Clew's own text form: a graph, entity, link, property or note a line. Lines of "
        "other programs are read where they have a type and a value.",
    ),
    Format(
        "stix", "STIX 2.1", (".json", ".stix", ".stix2"), "stix.read", "read_stix",
        "stix.write:write_stix",
        about="STIX 2.0 and 2.1 are read, 2.1 is written. Of several versions of an object the "
        "latest counts.\n"
        "An indicator is the entities that its pattern asks for (equal comparisons that are not "
        "negated); where it asks for more, that is told. Observed data date the links between "
        "their objects; relationships have their start and stop times; sightings are links to who "
        "saw it. `created_by_ref` is the collector, TLP markings mark what was learnt. Valid-from, "
        "created and modified are no sightings.\n"
        "Every object is kept word for word and given back. What STIX has no word for "
        "(observations, provenance, places, decisions, scores) is in the extension "
        "`extension-definition--9f1c1f0e-6f2b-5d0a-8a53-1c7b1c0c1e0d`; entities without a STIX "
        "type are `x-clew-entity`. Observables have the deterministic ids of section 2.9.",
    ),
    Format(
        "misp", "MISP event", (".misp.json", ".misp"), "misp.read", "read_misp",
        "misp.write:write_misp",
        about="The core format: an event, a list, or an answer of the API. The event is an "
        "incident; attributes and objects are entities, composites are two with their link, "
        "references are links. First and last seen are dates, timestamps are not. TLP and PAP "
        "tags mark, other tags are tags, galaxies are actors, families and techniques. Deleted "
        "attributes stay out; attachments are never unpacked.\n"
        "Written are objects with references, first and last seen, and tags; what MISP has no "
        "word for is in an object `clew-graph`, which counts only for what is still in the event.",
    ),
    Format(
        "mtgx", "Maltego graph (.mtgx)", (".mtgx",), "maltego.mtgx", "read_mtgx",
        "maltego.mtgx_write:write_mtgx", "maltego.mtgx_write:CARRIES",
        about="Layouts of clients 3 and 4 are read, all graphs of the archive; the oldest safe "
        "form is written, in XML 1.0. Unknown types become types of their own. When a transform "
        "ran is no sighting. Properties are written, their dates and sources are not read back.\n"
        "Elements of nodes and links, definitions, icons and attachments that Clew does not know "
        "survive within bounds.",
    ),
    Format(
        "mtgl", "Maltego graph (.mtgl)", (".mtgl",), "maltego.mtgl_graph", "read_mtgl",
        about="Read without Java, with places, notes and bookmarks; deleted entities stay "
        "deleted, though their data are in the file. Write a .mtgx instead.",
    ),
    Format(
        "maltego-graphml", "Maltego GraphML", (), "maltego.mtgx", "read_maltego_graphml",
        about="What Maltego puts on the clipboard; as the graph of a .mtgx.",
    ),
    Format(
        "graphml", "GraphML", (".graphml",), "drawn.graphml", "read_graphml", "write_graphml",
        "drawn.graphml:CARRIES",
        about="For yEd, Gephi and networkx; an edge an observation. Foreign files: a node is what "
        "its type or its label says, other attributes stay in a link's details; ports and "
        "hyperedges are told.",
    ),
    Format(
        "gexf", "GEXF", (".gexf",), "drawn.gexf", "read_gexf", "write_gexf",
        "drawn.gexf:CARRIES",
        about="For Gephi; an edge an observation, with its time and its places.",
    ),
    Format(
        "csv", "CSV", (".csv",), "table.read", "read_table", "table.write:write_table",
        "table.write:CARRIES",
        about="Columns are mapped to types, links and dates: proposed (`clew columns`), shown, "
        "changed and saved for the next table with that header. Commas, semicolons, tabs and bars "
        "are known. A date whose day and month can't be told apart is unknown, and told.\n"
        "Cells are written defanged and as no formula.",
    ),
    Format(
        "tsv", "TSV", (".tsv", ".tab"), "table.read", "", "table.write:write_tsv",
        "table.write:CARRIES", about="As CSV, with tabs.",
    ),
    Format(
        "xlsx", "Excel workbook", (".xlsx",), "table.read", "read_table", "table.write:write_xlsx",
        "table.write:CARRIES",
        about="As CSV. Every sheet is read; formulas are not run, what they gave last is read. "
        "The old `.xls` is not read.",
    ),
    Format(
        "cof", "Passive DNS (COF)", (".cof", ".cof.ndjson"), "cof.records", "read_cof", "write_cof",
        "cof.records:CARRIES",
        about="The Common Output Format of passive DNS servers "
        "(draft-dulaunoy-dnsop-passive-dns-cof), lines or an array. Sensors are collectors; "
        "times are seconds.",
    ),
    Format(
        "openioc", "OpenIOC", (".ioc",), "openioc.read", "read_openioc",
        about="1.0 and 1.1. A document mentions its entities. Terms without an entity, negations "
        "and parts of values are told, and kept in the document's original.",
    ),
    Format(
        "stix1", "STIX 1", (), "stix.one", "read_stix1",
        about="Indicators with CybOX observables of 1.x XML; campaigns, courses of action and "
        "the rest of it are told or left.",
    ),
    Format(
        "whois", "Whois", (), "whois.graph", "read_whois_text",
        about="Answers of registries and registrars, several in one file. Registered, updated "
        "and expires are properties; the answer does not say when it was asked for, so links "
        "have no dates. Withheld contacts are nobody.",
    ),
    Format(
        "rdap", "RDAP", (), "whois.graph", "read_rdap_json",
        about="Domains, networks and autonomous systems (RFC 9083), as whois.",
    ),
    Format(
        "text", "Text, HTML, mail or PDF", (), "text.graph", "read_text",
        about="Indicators are found in prose, in any defanged form; each keeps its lines. What "
        "a line says of one (\"sinkholed\", a date nearby) is offered by `clew extract` and "
        "assumed nowhere.",
    ),
)  # fmt: skip

BY_NAME = {one.name: one for one in FORMATS}
READABLE = tuple(one.name for one in FORMATS if one.reads)
WRITABLE = tuple(one.name for one in FORMATS if one.writes)


def format_named(name: str) -> Format:
    """The format of that name; raises UnknownName."""
    found = BY_NAME.get(name)
    if found is None:
        raise UnknownName("format", name, known=tuple(BY_NAME))
    return found


def format_for(file_name: str) -> Format:
    """
    The format that a file to be written is asked for by its name: its longest ending counts.

    Raises:
        InvalidValue: No format that is written has that ending.
    """
    lower = file_name.lower()
    fits = [
        (len(ending), one)
        for one in FORMATS
        if one.writes
        for ending in one.endings
        if lower.endswith(ending)
    ]
    if not fits:
        endings = tuple(ending for one in FORMATS if one.writes for ending in one.endings)
        raise InvalidValue(
            "name of a file to be written", file_name, "no format that is written has its ending",
            helps=f"Choose one of {', '.join(endings)}, or name the format.",
        )  # fmt: skip
    return max(fits, key=lambda fit: fit[0])[1]
