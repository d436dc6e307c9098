"""What the terminal shows: values defanged once, and nothing else touched."""

from __future__ import annotations

import pytest

from clew.cli.output import print_table, safe


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


@pytest.mark.parametrize(
    ("rows", "total", "limited", "told"),
    [
        (3, 3, False, ""),
        (60, None, False, "50 of 60 shown; --json gives all."),
        (20, 90, False, "20 of 90 shown; --json gives all."),
        (2, 11, True, "2 of 11 shown; a larger --limit gives more."),
        (60, 90, True, "50 of 90 shown; --json and a larger --limit give more."),
        (60, 60, True, "50 of 60 shown; --json gives all."),
    ],
)
def test_a_cut_table_says_what_gives_the_rest(
    capsys: pytest.CaptureFixture[str], rows: int, total: int | None, limited: bool, told: str
) -> None:
    """A limit that the user set holds for JSON too, so that only a larger one gives more."""
    print_table("T", ("a",), [(at,) for at in range(rows)], total=total, limited=limited)
    assert capsys.readouterr().out.partition("… ")[2].strip() == told
