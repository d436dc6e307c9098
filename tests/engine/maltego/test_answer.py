"""What a reply says: results as findings, and how much came by its own words and the limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.maltego.answer import (
    CUT,
    FAILED,
    PAGES,
    MaltegoAnswer,
    answer_findings,
    cut_of,
    is_reusable,
    read_answer,
)
from clew.errors import BadReply, RequestRejected
from clew.interop.maltego.message import read_response, write_response
from clew.interop.maltego.record import Message, Thing, TransformResponse
from clew.schema.registry import catalogue
from clew.schema.types import DomainName
from clew.transform.finding import Count, Cut, Finding, LinkFinding, Problem, Remark
from clew.transform.request import Reply, Request
from clew.transform.row import Row

NAME = DomainName("example.org")
ASKED = Request("POST", "https://example.org/run/x")


def phrases(count: int, *messages: Message) -> TransformResponse:
    things = tuple(Thing("maltego.Phrase", f"phrase {number}") for number in range(count))
    return TransformResponse(things, messages=messages)


def told(answer: MaltegoAnswer, results_max: int = 10) -> list[Finding]:  # type: ignore[type-arg]
    row = Row({"answer": answer})
    return [*answer_findings("X", row, NAME, catalogue(), results_max=results_max)]


@pytest.mark.parametrize(
    ("answer", "cut"),
    [
        (MaltegoAnswer(phrases(0)), None),
        (MaltegoAnswer(phrases(9)), None),
        (MaltegoAnswer(phrases(9, Message("Inform", "9 of 9 shown"))), None),
        (MaltegoAnswer(phrases(10)), (10, None)),
        (MaltegoAnswer(phrases(11)), (10, 11)),
        (MaltegoAnswer(phrases(2, Message("Inform", "Showing 2 of 70 results (limit 2)."))),
         (2, 70)),
        (MaltegoAnswer(phrases(2, Message("Inform", "Results were truncated."))), (2, None)),
        (MaltegoAnswer(phrases(2, Message("Inform", "Done in 2 s"))), None),
        (MaltegoAnswer(phrases(2), cut="not done after 9 s"), (2, None)),
        (MaltegoAnswer(phrases(2, Message("PartialError", "no"))), None),
    ],
)  # fmt: skip
def test_how_much_came(answer: MaltegoAnswer, cut: tuple[int, int | None] | None) -> None:
    """Messages, the limit and the transport decide whether an answer is whole or cut."""
    found = cut_of(answer, 10)
    assert (found and (found.received, found.total)) == cut
    assert found is None or found.reason
    assert told(answer)[0] == Count(min(10, len(answer.response.things)))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (MaltegoAnswer(phrases(2), failed="broke off"), "broke off"),
        (MaltegoAnswer(phrases(2, Message("FatalError", "no luck."))), "no luck"),
        (MaltegoAnswer(phrases(0, Message("PartialError", "no"))), "no"),
        (MaltegoAnswer(phrases(0, Message("FatalError", ""))), "no reason was given"),
    ],
)
def test_a_failure_keeps_what_came_before_it(answer: MaltegoAnswer, reason: str) -> None:
    """Results are told first, then the failure with its reason; such a reply answers once."""
    row = Row({"answer": answer})
    findings = answer_findings("X", row, NAME, catalogue(), results_max=10)
    seen: list[Finding] = []  # type: ignore[type-arg]
    with pytest.raises(RequestRejected, match=f"X failed: {reason}"):
        seen.extend(findings)
    assert not is_reusable(row)
    assert is_reusable(Row({"answer": MaltegoAnswer(phrases(1))}))
    assert not is_reusable(Row({"answer": MaltegoAnswer(phrases(1), cut="late")}))


@given(st.integers(1, 20), st.integers(1, 20))
def test_a_server_of_ours_that_cuts_is_understood(there: int, limit: int) -> None:
    """What this program's own writer cuts is read back as cut, with the same total."""
    response = read_response(write_response(phrases(there), hard_limit=limit))
    found = cut_of(MaltegoAnswer(response), 100)
    assert (found and (found.received, found.total)) == ((limit, there) if there > limit else None)


def test_results_messages_and_notes_are_findings() -> None:
    """A note is a remark about its result; a message is a problem, but for debugging words."""
    thing = Thing("maltego.Phrase", "hi", note="look")
    messages = (Message("Inform", "half done"), Message("Debug", "x"))
    found = told(MaltegoAnswer(TransformResponse((thing,), messages=messages)))
    assert [(one.text, one.of) for one in found if isinstance(one, Remark)] == [("look", "hi")]
    assert [one.link for one in found if isinstance(one, LinkFinding)] == ["related-to"]
    assert found[-1] == Problem("half done", "Inform", lossless=True)


def test_results_over_the_limit_are_let_go() -> None:
    """Only the limit's worth of results is told, with a cut that knows how many there were."""
    found = told(MaltegoAnswer(phrases(7)), results_max=3)
    assert sum(isinstance(one, LinkFinding) for one in found) == 3
    assert found[-1] == Cut("3 results are taken up at most", 3, 7)


def reply(body: bytes, media_type: str = "text/xml", **headers: str) -> Reply:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(ASKED, 200, {"content-type": media_type, **told}, body)


def test_pages_of_a_run_are_one_answer() -> None:
    """What the transport says of a run is part of the answer; other text is a bad reply."""
    line = b'{"result": {"events": [], "state": "RUNNING", "eventPointer": 0}}'
    told = {CUT.replace("-", "_"): "late", FAILED.replace("-", "_"): "broke"}
    row = read_answer("X", reply(line + b"\n" + line, PAGES, **told))
    answer: MaltegoAnswer = row["answer"]
    assert (answer.cut, answer.failed) == ("late", "broke")
    with pytest.raises(BadReply, match="no page of results"):
        read_answer("X", reply(b"<x/>", PAGES))


def test_a_program_that_said_nothing_found_nothing() -> None:
    """Silence and a good end are an answer without results; with a bad one they are a fault."""
    row = read_answer("X", reply(b"", clew_exit_code="0", clew_log_dropped_bytes="7"))
    assert row["answer"].response == TransformResponse()
    assert row["answer"].remarks == ("7 bytes of its log were let go",)
    assert row.problems == []
    with pytest.raises(BadReply, match=r"exit code 1 without an answer\. It wrote: no key"):
        read_answer("X", reply(b"", clew_exit_code="1", clew_log="no key"))
