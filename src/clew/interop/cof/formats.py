"""The Common Output Format of passive DNS: how it is known, read and written."""

from __future__ import annotations

from clew.interop.cof.records import FIDELITY, read_cof, write_cof
from clew.interop.format import Confidence, Format
from clew.interop.sample import FileSample


def sniff_cof(sample: FileSample) -> Confidence | None:
    """JSON with a record's own members."""
    found = sample.is_json and sample.has_key("rrname", "rrtype")
    return Confidence.CERTAIN if found else None


COF = Format(
    name="cof",
    label="Passive DNS (COF)",
    extensions=(".cof", ".cof.ndjson"),
    about="The Common Output Format of passive DNS servers "
    "(draft-dulaunoy-dnsop-passive-dns-cof), lines or an array. Sensors are collectors; "
    "times are seconds.",
    sniff=sniff_cof,
    read=read_cof,
    write=write_cof,
    fidelity=FIDELITY,
)
