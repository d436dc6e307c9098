"""Markings as they are written; what is not understood is the strictest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.model.marking import PAP, TLP, Marking
from clew.model.marking_text import (
    forbids_sharing,
    is_marking_tag,
    marking_mentions,
    mentioned_marking,
    pap_of,
    read_marking,
    read_pap,
    read_tlp,
    tlp_of,
)

pytestmark = pytest.mark.assurance("marks")

markings = st.builds(Marking, st.sampled_from(TLP), st.sampled_from(PAP))


@given(markings)
def test_texts_come_back(marking: Marking) -> None:
    """What Clew writes is read as it was, and understood."""
    assert read_marking(str(marking)) == (marking, "")


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("TLP:RED", Marking(TLP.RED)), ("tlp:white", Marking(TLP.CLEAR)),
        ("Amber", Marking(TLP.AMBER)), ("TLP AMBER STRICT", Marking(TLP.AMBER_STRICT)),
        ("TLP-GREEN", Marking(TLP.GREEN)), ("TLP_GREEN", Marking(TLP.GREEN)),
        ("Traffic Light Protocol (TLP): Green", Marking(TLP.GREEN)),
        ("TLP 2.0: CLEAR", Marking(TLP.CLEAR)), ("ＴＬＰ：ＲＥＤ", Marking(TLP.RED)),
        ("TLP:AMBER PAP:RED", Marking(TLP.AMBER, PAP.RED)),
        ("TLP:GREEN, then TLP:RED", Marking(TLP.RED)),
        ("TLP:RED - recipients only", Marking(TLP.RED)),
        ("", Marking()), ("-", Marking()), ("N/A", Marking()), (None, Marking()),
    ],
)  # fmt: skip
def test_forms(text: object, marking: Marking) -> None:
    """The forms that platforms and people use, and nothing said."""
    assert read_marking(text) == (marking, "")


@pytest.mark.parametrize(
    "text",
    ["TLP:PINK", "TLP", "TLP:", "pink", "TLP:RЕD", "TLP:ÄMBER", "TLP:GREEN TLP:X", "tlp:ex:chr",
     "internal", "TLP:R E D", "?", "0xff", 7, True, ["TLP:CLEAR"], {"tlp": "CLEAR"}],
)  # fmt: skip
def test_what_is_not_understood_is_the_strictest(text: object) -> None:
    """A word that is no level, a look-alike, a list: nothing of it may leave, and it is told."""
    marking, fault = read_marking(text)
    assert (marking.tlp, "not understood" in fault) == (TLP.RED, True)


def test_of_the_other_scheme() -> None:
    """What is not understood of PAP is the strictest PAP, and says nothing of TLP."""
    assert read_marking("PAP:PINK")[0] == read_marking("pink", scheme="PAP")[0]
    assert read_marking("PAP:PINK")[0] == Marking(pap=PAP.RED)
    assert read_marking("RED", scheme="PAP") == (Marking(pap=PAP.RED), "")


@pytest.mark.parametrize(
    ("said", "tlp", "understood"),
    [(0, 0, True), (5, 5, True), (3.0, 3, True), ("2", 2, True), ("RED", 5, True), (None, 0, True),
     ("", 0, True), (6, 5, False), (-1, 5, False), (True, 5, False), (2.5, 5, False),
     ([], 5, False), ("PINK", 5, False)],
)  # fmt: skip
def test_fields_of_their_own(said: object, tlp: int, understood: bool) -> None:
    """A field holds our number or a name; another number or type is the strictest."""
    level, fault = read_tlp(said)
    assert (int(level), not fault) == (tlp, understood)
    pap, fault = read_pap(said)
    assert (pap == PAP.RED) >= bool(fault)


@given(st.integers())
def test_stored_numbers(number: int) -> None:
    """A number that no Clew stores is the strictest."""
    assert tlp_of(number) == (number if 0 <= number <= 5 else TLP.RED)
    assert pap_of(number) == (number if 0 <= number <= 4 else PAP.RED)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """Whatever stands there, a marking comes out; a fault never comes with less than RED."""
    marking, fault = read_marking(text)
    assert not fault or TLP.RED in (marking.tlp, TLP.RED if marking.pap is PAP.RED else 0)
    mentioned_marking(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[TLP:AMBER] news, TLP: GREEN below", ["TLP:AMBER", "TLP: GREEN"]),
        ("Traffic Light Protocol: Amber", ["Traffic Light Protocol: Amber"]),
        ("marked TLP:PINK", ["TLP:PINK"]), ("PAP:RED", ["PAP:RED"]),
        ("The TLP: see the site", []), ("TLP is a scheme", []), ("a red TLP", []),
        ("https://example.org/tlp:foo", []), ("TLPS:RED", []), ("", []),
    ],
)  # fmt: skip
def test_mentions_in_prose(text: str, words: list[str]) -> None:
    """Levels behind TLP or PAP are markings; words about them are none."""
    assert [one.words for one in marking_mentions(text)] == words


def test_tags_and_words_that_forbid() -> None:
    """Tags are known by their head; statements by what they forbid."""
    assert [is_marking_tag(tag) for tag in ("tlp:red", "PAP:X", "tlp", "stlp:red", "apt")] == [
        True, True, False, False, False
    ]  # fmt: skip
    assert forbids_sharing("Company Confidential")
    assert forbids_sharing("do not share")
    assert not forbids_sharing("Copyright 2021, freely shared")
