"""How much came, as an answer's own words and the limit tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.maltego.answered import Answered
from clew.engine.maltego.planned import Asked
from clew.engine.maltego.received import PROBLEMS_MAX, Received, completeness, received
from clew.interop.maltego.exchange import thing_of
from clew.interop.maltego.message import read_response, write_response
from clew.interop.maltego.record import Message, Response, Thing
from clew.model.change import Note, Observe
from clew.model.entity import Entity
from clew.model.marking import UNMARKED
from clew.model.provenance import Completeness, Extent, Provenance
from clew.schema.registry import catalogue

CUT, FAILED, WHOLE = Extent.CUT, Extent.FAILED, Extent.COMPLETE
DOMAIN = Entity("domain-name", "example.org")


def phrases(count: int, *messages: Message) -> Response:
    things = tuple(Thing("maltego.Phrase", f"phrase {number}") for number in range(count))
    return Response(things, messages=messages)


def took(answered: Answered, limit: int = 10) -> Received:
    asked = Asked(DOMAIN, UNMARKED, thing_of(DOMAIN, {}))
    return received(
        answered, asked, Provenance("maltego-x", "maltego.y", "0" * 32, 7), limit=limit,
        catalogue=catalogue(), graph="main", action="a", label="Y", actor="analyst", at=7_000_000,
        hide=lambda text: text.replace("s3cr3t", "…"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answered", "extent", "total"),
    [
        (Answered(phrases(0), b""), WHOLE, None),
        (Answered(phrases(9), b""), WHOLE, None),
        (Answered(phrases(9, Message("Inform", "9 of 9 shown")), b""), WHOLE, None),
        (Answered(phrases(10), b""), CUT, None),
        (Answered(phrases(11), b""), CUT, 11),
        (
            Answered(phrases(2, Message("Inform", "Showing 2 of 70 results (limit 2).")), b""),
            CUT,
            70,
        ),
        (Answered(phrases(2, Message("Inform", "Results were truncated.")), b""), CUT, None),
        (Answered(phrases(2, Message("Inform", "Done in 2 s")), b""), WHOLE, None),
        (Answered(phrases(2), b"", cut="not done after 9 s"), CUT, None),
        (Answered(phrases(2), b"", failed="broke off"), FAILED, None),
        (Answered(phrases(2, Message("FatalError", "no")), b""), FAILED, None),
        (Answered(phrases(2, Message("PartialError", "no")), b""), WHOLE, None),
        (Answered(phrases(0, Message("PartialError", "no")), b""), FAILED, None),
    ],
)
def test_how_much_came(answered: Answered, extent: Extent, total: int | None) -> None:
    """Messages, the limit and faults decide whether an answer is whole, cut or failed."""
    told = completeness(answered, 10)
    assert (told.extent, told.total) == (extent, total)
    assert told.received == min(10, len(answered.response.things))
    assert bool(told.reason) == (extent is not WHOLE)


@given(st.integers(1, 20), st.integers(1, 20))
def test_a_server_of_ours_that_cuts_is_understood(there: int, limit: int) -> None:
    """What this program's own writer cuts is read back as cut, with the same total."""
    response = read_response(write_response(phrases(there), hard_limit=limit))
    told = completeness(Answered(response, b""), 100)
    expected = (CUT, limit, there) if there > limit else (WHOLE, there, None)
    assert (told.extent, told.received, told.total) == expected


def test_an_answer_without_results_changes_nothing() -> None:
    """Messages alone are told, and nothing enters the log."""
    came = took(Answered(phrases(0, Message("Inform", "nothing about s3cr3t")), b""))
    assert (came.changes, came.reply) == ((), None)
    assert came.completeness == Completeness(WHOLE, 0)
    assert came.problems == ("Inform: nothing about …",)


def test_results_are_one_observation_with_their_provenance() -> None:
    """The reply, the input and how much came are in it; a note has the transform as its author."""
    thing = Thing("maltego.Phrase", "hi", note="look")
    came = took(Answered(Response((thing,)), b"<raw/>"))
    observe, note = (change.what for change in came.changes)
    assert isinstance(observe, Observe)
    assert isinstance(note, Note)
    (told,) = observe.provenance
    assert came.reply is not None
    assert (told.provider, told.reply) == ("maltego-x", came.reply.digest)
    assert told.completeness == Completeness(WHOLE, 1)
    assert came.changes[1].actor == "maltego-x"
    assert {change.action for change in came.changes} == {"a"}


def test_debug_words_stay_out_and_floods_are_counted() -> None:
    """A thousand messages are a hundred problems and a count."""
    many = [Message("Debug", "x"), *(Message("Inform", str(number)) for number in range(1_000))]
    told = took(Answered(phrases(1, *many), b"")).problems
    assert len(told) == PROBLEMS_MAX + 1
    assert told[0] == "Inform: 0"
    assert told[-1] == "900 further problems"
