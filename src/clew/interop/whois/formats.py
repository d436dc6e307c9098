"""Whois and RDAP: how answers of registries are known and read."""

from __future__ import annotations

import re

from clew.interop.format import Confidence, Format
from clew.interop.sample import FileSample
from clew.interop.whois.graph import read_rdap_json, read_whois_text

LABELS_MIN = 3
"""Lines with a registry's label that a text must have to be a whois answer."""
_LABELS = re.compile(
    rb"^[ \t*]*(?:[a-z]\. )?\[?(?:domain(?: name)?|domainname|nserver|name ?servers?|registrar|"
    rb"inetnum|netrange|aut-num|refer|holder|owner|registrant|organi[sz]ation|whois server|status|"
    rb"created|record created|creation date|administrative contact|technical contact|expires?|"
    rb"complete domain name|nom de domaine|dominio)\b[ \t._()/a-z-]{0,40}[:\]]",
    re.IGNORECASE | re.MULTILINE,
)


def sniff_whois(sample: FileSample) -> Confidence | None:
    """Several lines begin with labels of registries."""
    if sample.is_json or sample.is_archive or sample.head.startswith(b"<"):
        return None
    labels = len(_LABELS.findall(sample.head)) + (b"whois" in sample.head.lower())
    return Confidence.LIKELY if labels >= LABELS_MIN else None


def sniff_rdap(sample: FileSample) -> Confidence | None:
    """JSON with the members of RFC 9083."""
    found = sample.is_json and sample.has_key("rdapConformance", "objectClassName")
    return Confidence.CERTAIN if found else None


WHOIS = Format(
    name="whois",
    label="Whois",
    about="Answers of registries and registrars, several in one file. Registered, updated "
    "and expires are properties; the answer does not say when it was asked for, so links "
    "have no dates. Withheld contacts are nobody.",
    sniff=sniff_whois,
    read=read_whois_text,
)
RDAP = Format(
    name="rdap",
    label="RDAP",
    about="Domains, networks and autonomous systems (RFC 9083), as whois.",
    sniff=sniff_rdap,
    read=read_rdap_json,
)
