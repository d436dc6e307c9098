"""Markings that stand in replies: every form and place is found, and nothing else is one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.engine.reply_marking import over_default, reply_marking, told_marking
from clew.model.marking import PAP, TLP, Marking, strictest
from clew.model.marking_text import NOT_UNDERSTOOD

pytestmark = pytest.mark.assurance("marks")

RED, AMBER = Marking(TLP.RED), Marking(TLP.AMBER)


def said(answer: Any) -> Marking:
    """What stands in a JSON answer."""
    return reply_marking(json.dumps(answer).encode())[0]


@pytest.mark.parametrize(
    ("answer", "marking"),
    [
        ({"description": "Seen at the harbour. TLP:RED"}, RED),
        ({"data": [{"name": "Report (TLP: AMBER)"}]}, AMBER),
        ({"tags": {"data": [{"name": "tlp:red"}], "count": 1}}, RED),
        ({"tags": ["apt", "TLP-AMBER"]}, AMBER),
        ({"attributes": {"data": [{"type": "TLP", "value": "Amber"}]}}, AMBER),
        ({"attribute": {"key": "Traffic Light Protocol", "values": ["red"]}}, RED),
        ({"tlp": "RED"}, RED),
        ({"TLP Level": "amber"}, AMBER),
        ({"markings": ["TLP:AMBER", "PAP:RED"]}, Marking(TLP.AMBER, PAP.RED)),
        ({"pap": "amber"}, Marking(pap=PAP.AMBER)),
        ({"handling": "x", "note": "Traffic light level: red"}, RED),
        ({"title": "ＴＬＰ：ＲＥＤ"}, RED),
        ({"tlp": "PINK"}, RED),
        ({"tags": ["tlp:black"]}, RED),
        ({"description": "TLP:PINK"}, RED),
        ({"tlp": 17}, RED),
        ({"tlp": {"level": "TLP:AMBER"}}, AMBER),
        ({"tlp": None, "marking": "", "pap": "none"}, Marking()),
        ({"description": "a traffic light, papaya and tlp are words", "count": 5}, Marking()),
        ({"type": "Description", "value": "RED"}, Marking()),
        ([], Marking()),
    ],
    ids=str,
)
def test_every_place_of_an_answer(answer: Any, marking: Marking) -> None:
    """Titles, prose, tags, attributes and members, as JSON writes them."""
    assert said(answer) == marking
    escaped = json.dumps(answer, ensure_ascii=True).replace("T", "\\u0054").encode()
    if b"true" not in escaped:
        assert reply_marking(escaped)[0] == marking


def test_what_is_no_json_is_read_as_text() -> None:
    """XML of a server and words of a program, whatever their characters are written as."""
    assert reply_marking(b'<Field Name="tlp">RED</Field>')[0] == RED
    assert reply_marking(b"<UIMessage>&#84;LP:AMBER</UIMessage>")[0] == AMBER
    assert reply_marking(b'{"cut": "TLP:RED')[0] == RED
    assert reply_marking(b"\xff\x00")[0] == Marking()


@settings(max_examples=20)
@given(st.integers(1, 20_000))
def test_depth_costs_no_stack(depth: int) -> None:
    """However deep an answer is, it is read or read as text."""
    assert reply_marking(b"[" * depth + b'"TLP:RED"' + b"]" * depth)[0] == RED


@given(st.sampled_from(list(TLP)), st.sampled_from(list(PAP)), st.sampled_from(list(TLP)))
def test_one_row_loosens_no_other(tlp: TLP, pap: PAP, default: TLP) -> None:
    """What a reply says beside the default is never looser than the default alone."""
    whole = Marking(default)
    raised = over_default(Marking(tlp, pap), whole)
    assert strictest((raised, whole)).tlp == max(tlp, default)
    assert raised.filled(whole).tlp == max(tlp, default)
    assert raised.pap == pap


def test_it_is_told_with_its_words() -> None:
    """A problem names the words, and says where they are not understood."""
    assert "TLP:RED" in told_marking(RED, reply_marking(b'["so TLP:RED it is"]')[1])
    assert told_marking(RED, reply_marking(b'["TLP:PINK"]')[1]).endswith(NOT_UNDERSTOOD)
