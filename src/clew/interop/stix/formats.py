"""STIX as file formats: how versions 1 and 2 are known, read and written."""

from __future__ import annotations

import re

from clew.interop.format import Confidence, Format
from clew.interop.sample import FileSample
from clew.interop.stix.read import read_stix
from clew.interop.stix.stix1 import read_stix1
from clew.interop.stix.write import write_stix

_BUNDLE = re.compile(
    rb'[\[{\s]*(?:"(?:id|spec_version)"\s*:\s*"[^"]*"\s*,\s*)*"type"\s*:\s*"bundle"'
)
_OBJECT = re.compile(rb'"(?:spec_version|id)"\s*:\s*"(?:2\.[01]|[a-z0-9-]+--[0-9a-f-]{36})"')


def sniff_stix(sample: FileSample) -> Confidence | None:
    """A bundle says so first; lists and lines of objects have ids or versions of STIX."""
    if not sample.is_json:
        return None
    if _BUNDLE.match(sample.head):
        return Confidence.CERTAIN
    found = _OBJECT.search(sample.head) or b'"bundle"' in sample.head
    return Confidence.LIKELY if found else None


def sniff_stix1(sample: FileSample) -> Confidence | None:
    """The package of STIX 1 in XML."""
    return Confidence.CERTAIN if sample.xml_root == "stix_package" else None


STIX = Format(
    name="stix",
    label="STIX 2.1",
    extensions=(".json", ".stix", ".stix2"),
    about="STIX 2.0 and 2.1 are read, 2.1 is written: a bundle, a list, an answer of TAXII, one "
    "object, or one of these a line. Of several versions of an object the latest counts.\n"
    "An indicator is the entities that its pattern asks for (equal comparisons that are not "
    "negated); where it asks for more, that is told. Observed data date the links between "
    "their objects; relationships have their start and stop times; sightings are links to who "
    "saw it. `created_by_ref` is the collector, TLP markings mark what was learnt. Valid-from, "
    "created and modified are no sightings.\n"
    "Every object is kept word for word and given back. What STIX has no word for "
    "(observations, provenance, places, decisions, scores) is in the extension "
    "`extension-definition--9f1c1f0e-6f2b-5d0a-8a53-1c7b1c0c1e0d`; entities without a STIX "
    "type are `x-clew-entity`. Observables have the deterministic ids of section 2.9.",
    sniff=sniff_stix,
    read=read_stix,
    write=write_stix,
)
STIX1 = Format(
    name="stix1",
    label="STIX 1",
    about="Indicators with CybOX observables of 1.x XML; campaigns, courses of action and "
    "the rest of it are told or left.",
    sniff=sniff_stix1,
    read=read_stix1,
)
