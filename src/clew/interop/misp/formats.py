"""MISP's core format: how it is known, read and written."""

from __future__ import annotations

import re

from clew.interop.format import Confidence, Format
from clew.interop.misp.read import read_misp
from clew.interop.misp.write import write_misp
from clew.interop.sample import FileSample

_EVENT = re.compile(rb'[\[{\s]*(?:"response"\s*:[\[{\s]*)?"(?:Event|Attribute)"\s*:')
_NO_ANSWER = re.compile(rb'\s*\{\s*"response"\s*:\s*\[\s*\]')


def sniff_misp(sample: FileSample) -> Confidence | None:
    """It begins with an event, or has the members of one."""
    if not sample.is_json:
        return None
    if _EVENT.match(sample.head):
        return Confidence.CERTAIN
    if sample.has_key("Event", "Attribute", "Orgc", "threat_level_id"):
        return Confidence.LIKELY
    return Confidence.POSSIBLE if _NO_ANSWER.match(sample.head) else None


MISP = Format(
    name="misp",
    label="MISP event",
    extensions=(".misp.json", ".misp"),
    about="The core format: an event, a list, an answer of the API, or one of these a line. The "
    "event is an incident; attributes and objects are entities, composites are two with their "
    "link, references are links. First and last seen are dates, timestamps are not. TLP and PAP "
    "tags mark, other tags are tags, galaxies are actors, families and techniques. Deleted "
    "attributes stay out; attachments are never unpacked.\n"
    "Written are objects with references, first and last seen, and tags; what MISP has no "
    "word for is in an object `clew-graph`, which counts only for what is still in the event.",
    sniff=sniff_misp,
    read=read_misp,
    write=write_misp,
)
