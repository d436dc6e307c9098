"""How surely a MISP event is known."""

from __future__ import annotations

import pytest

from clew.interop.format import Confidence
from clew.interop.misp.formats import sniff_misp
from clew.interop.sample import FileSample


@pytest.mark.parametrize(
    ("data", "confidence"),
    [
        (b'{"Event": {}}', Confidence.CERTAIN),
        (b'{"Event": {}}\n{"Event": {}}\n', Confidence.CERTAIN),
        (b'{"response": [ {"Event": {}}]}', Confidence.CERTAIN),
        (b'{"response": {"Attribute": []}}', Confidence.CERTAIN),
        (b'{"info": "x", "threat_level_id": "2"}', Confidence.LIKELY),
        (b'{"response": []}', Confidence.POSSIBLE),
        (b'{"response": {"registrant": "Example"}}', None),
        (b'{"text": "\\"Event\\": "}', None),
        (b"Event: one", None),
    ],
)
def test_misp_is_known_by_the_members_of_an_event(
    data: bytes, confidence: Confidence | None
) -> None:
    """An event that comes first is certain; another program's response is none."""
    assert sniff_misp(FileSample.of(data)) == confidence
