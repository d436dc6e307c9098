"""What the terminal shows: values defanged once, and nothing else touched."""

from __future__ import annotations

import pytest

from clew.cli.output import safe


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("evil.example", "evil[.]example"),
        ("evil[.]example", "evil[.]example"),
        ("192[.]0[.]2[.]1", "192[.]0[.]2[.]1"),
        ("2014-05-08T09:00:00.000000Z", "2014-05-08T09:00:00.000000Z"),
        ("42100.5", "42100.5"),
        ("A sentence ends. Then another.", "A sentence ends. Then another."),
        ("it asks evil.example for more.", "it asks evil[.]example for more."),
        ("MSIE 6.0; Windows NT 5.1", "MSIE 6.0; Windows NT 5.1"),
    ],
)
def test_values_are_defanged_once_and_sentences_stay(told: str, shown: str) -> None:
    """What a program would open is defanged, once; dates, numbers and full stops stay."""
    assert safe(told) == shown
