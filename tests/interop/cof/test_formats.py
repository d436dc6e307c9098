"""How surely passive DNS is known."""

from __future__ import annotations

from clew.interop.cof.formats import sniff_cof
from clew.interop.format import Confidence
from clew.interop.sample import FileSample


def test_records_are_known_by_their_members() -> None:
    """The member counts; a value of that name, as MISP's objects have, does not."""
    assert (
        sniff_cof(FileSample.of(b'{"cond":"begin"}\n{"obj":{"rrname":"a"}}')) == Confidence.CERTAIN
    )
    assert sniff_cof(FileSample.of(b'[{"rrtype":"A"}]')) == Confidence.CERTAIN
    assert sniff_cof(FileSample.of(b'{"object_relation":"rrname"}')) is None
    assert sniff_cof(FileSample.of(b"rrname,rrtype\n")) is None
