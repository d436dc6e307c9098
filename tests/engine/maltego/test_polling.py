"""Runs of version 3 at servers that answer well, and at ones that misbehave."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from clew.errors import BadReply, OverBudget, ProviderDown, RequestRejected
from clew.interop.maltego.v3 import read_run
from engine.maltego.loopback import TIGHT, Heard, LookUp, answer, looked_up

Page = dict[str, Any]


def phrase(number: int) -> Page:
    told = [{"name": "text", "value": f"phrase {number}", "type": "STRING"}]
    entity = {"id": f"p{number}", "type": "maltego.Phrase", "valueRef": "text", "weight": 100,
              "properties": told, "displayInformation": [], "overlays": []}  # fmt: skip
    return {"data": {"eventType": "ADD", "inputType": "ENTITY", "entity": entity}}


def status(text: str, kind: str = "INFO") -> Page:
    told = {"type": kind, "state": "INITIALIZED", "text": text, "code": 0}
    return {
        "data": {"eventType": "ADD", "inputType": "STATUS_MESSAGE", "statusMessage": told}
    }  # fmt: skip


def page(
    events: list[Page], pointer: int, state: str, *, size: int = 10, run: str = "r/1"
) -> bytes:
    shown = events[pointer : pointer + size]
    result = {"eventPointer": pointer, "eventCount": len(events), "events": shown, "runId": run,
              "state": state, "startTime": "", "updateTime": ""}  # fmt: skip
    told = {"result": result, "status": {"uiMessages": [], "code": 200}}
    return answer(json.dumps(told), kind="application/json")


class Stage:
    """A server whose run goes on with each poll."""

    def __init__(self, steps: list[tuple[list[Page], str]]) -> None:
        self.steps = steps
        self.waits: list[float] = []

    def __call__(self, heard: Heard) -> bytes:
        if heard.method == "POST" and heard.path.endswith("/run"):
            return page([], 0, "INITIALIZED").replace(b" 200 ", b" 201 ", 1)
        if heard.method == "GET":
            pointer = int(heard.path.partition("eventPointer=")[2].partition("&")[0])
            step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
            return page(step[0], pointer, step[1])
        return answer("", 204) if heard.method == "POST" else answer("{}")

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


def run(
    answers: Callable[[Heard], bytes],
    *,
    calls_max: int = 1_000,
    heard: list[Heard] | None = None,
    **bounds: Any,
) -> LookUp:
    async def at_once(seconds: float) -> None:
        """No wait."""

    return looked_up(
        answers, "v3", "acme.to", keys={"key": "k3y"}, settings={"language": "de", "limit": 40},
        bounds=replace(TIGHT, backoff_s=0.01, **bounds), calls_max=calls_max, heard=heard,
        sleep=getattr(answers, "sleep", at_once),
    )  # fmt: skip


def test_a_run_is_started_polled_and_taken_down() -> None:
    """All pages come in order, the run is deleted at the end, and the key is in each request."""
    events = [phrase(number) for number in range(25)]
    stage = Stage([([], "RUNNING"), (events[:5], "RUNNING"), (events, "COMPLETED")])
    found = run(stage)
    heard = found.heard
    assert found.values == [f"phrase {number}" for number in range(25)]
    assert (found.answer.cut, found.answer.failed, found.counted) == ("", "", len(heard))
    assert (heard[0].method, heard[0].path) == ("POST", "/transforms/acme.to/run")
    assert (heard[-1].method, heard[-1].path) == ("DELETE", "/transforms/acme.to/run/r%2F1")
    request = read_run(heard[0].body)
    assert [one.value for one in request.things] == ["example.org"]
    assert (request.settings, request.hard_limit) == ((("language", "de"),), 40)
    assert {one.headers["maltego-api-key"] for one in heard} == {"k3y"}
    assert [json.loads(line)["result"]["state"] for line in found.body.splitlines()]


def test_waits_grow_while_nothing_comes() -> None:
    """Polls back off up to a bound, and are quick again when something came."""
    stage = Stage([([], "RUNNING")] * 12 + [([phrase(1)], "RUNNING"), ([phrase(1)], "COMPLETED")])
    assert run(stage, poll_first_s=1.0, poll_longest_s=4.0).values == ["phrase 1"]
    assert stage.waits[:5] == [1.0, 1.5, 2.25, 3.375, 4.0]
    assert max(stage.waits) == 4.0
    assert stage.waits[-1] == 1.0


@pytest.mark.parametrize("bounds", [{"polls": 7}, {"polled_s": 20.0}])
def test_a_run_without_an_end_is_given_up(bounds: dict[str, Any]) -> None:
    """What came is kept, cut is told, and the run is cancelled and deleted at the server."""
    stage = Stage([([phrase(1)], "RUNNING")])
    found = run(stage, **bounds)
    assert found.values == ["phrase 1"]
    assert "was not done after" in found.answer.cut
    assert sum(stage.waits) <= 20.0
    assert [one.path.rpartition("/")[2] for one in found.heard[-2:]] == [
        "cancel", "r%2F1?Cancelled=true"
    ]  # fmt: skip


def test_endless_events_are_bounded() -> None:
    """A server that has ever more is followed up to the bound of polls or bytes."""
    endless = [phrase(number) for number in range(2_000)]
    found = run(Stage([(endless, "RUNNING")]), polled_bytes=20_000)
    assert "over 20000 bytes" in found.answer.cut
    assert len(found.heard) < 40


def test_a_question_back_is_cancelled_once() -> None:
    """Each question gets one cancellation and a problem that quotes it."""
    prompt = {"data": {"eventType": "ADD", "inputType": "CHOICE_PROMPT", "id": "q 1",
                       "message": "Go on?"}}  # fmt: skip
    stage = Stage([([prompt], "PAUSED"), ([prompt], "PAUSED"), ([prompt, phrase(1)], "COMPLETED")])
    found = run(stage)
    told = [one for one in found.heard if "/prompts/" in one.path]
    assert [(one.path, json.loads(one.body)) for one in told] == [
        ("/transforms/acme.to/run/r%2F1/prompts/q%201", {"reason": "CANCELLED", "result": {}})
    ]
    assert found.values == ["phrase 1"]
    assert found.problems == ["it asked back, which was cancelled: Go on?"]


def test_a_failure_is_waited_for_until_it_says_why() -> None:
    """A run that is failed before its reason is there is polled again, a few times at most."""
    why = status("no luck", "ERROR")
    stage = Stage([([], "RUNNING"), ([], "FAILED"), ([], "FAILED"), ([why], "FAILED")])
    assert [one.text for one in run(stage).answer.response.messages] == ["no luck"]
    found = run(Stage([([], "RUNNING"), *[([], "FAILED")] * 40]))
    assert found.answer.response.messages == ()
    assert len(found.heard) < 15


@pytest.mark.parametrize("state", ["FAILED", "CANCELED", "TIMED_OUT"])
def test_a_run_that_ends_badly_is_told(state: str) -> None:
    """The state is the reason when the run said nothing, and what came is kept."""
    found = run(Stage([([phrase(1), status("no", "ERROR")], state)]))
    assert found.values == ["phrase 1"]
    assert found.answer.failed == f"the run ended as {state.lower().replace('_', ' ')}"


def test_a_break_in_the_middle_keeps_what_came() -> None:
    """A server that dies while it is polled leaves an answer that says so."""
    stage = Stage([([phrase(1)], "RUNNING")])

    def answers(heard: Heard) -> bytes:
        if heard.method == "GET" and "eventPointer=0" not in heard.path:
            return b""
        return stage(heard)

    found = run(answers)
    assert found.values == ["phrase 1"]
    assert "broke off" in found.answer.failed
    assert found.heard[-1].method == "DELETE"


def test_a_poll_that_fails_is_sent_again() -> None:
    """One poll that breaks costs nothing but another one; the run is not begun anew."""
    stage = Stage([([phrase(1)], "RUNNING"), ([phrase(1), phrase(2)], "COMPLETED")])
    polls = 0

    def answers(heard: Heard) -> bytes:
        nonlocal polls
        polls += heard.method == "GET"
        return answer("", 503) if heard.method == "GET" and polls == 2 else stage(heard)

    found = run(answers)
    assert (found.values, found.answer.failed) == (["phrase 1", "phrase 2"], "")
    assert [one.method for one in found.heard].count("POST") == 1


def test_polls_end_with_the_budget() -> None:
    """Each request counts; at the last what came is cut, and the run is taken down all the same."""
    found = run(Stage([([phrase(1)], "RUNNING")]), calls_max=4)
    assert (found.values, found.counted) == (["phrase 1"], 4)
    assert found.answer.cut == "the run may make 4 calls"
    assert [one.method for one in found.heard] == ["POST", "GET", "GET", "DELETE"]
    heard: list[Heard] = []
    with pytest.raises(OverBudget):
        run(Stage([([], "RUNNING")]), calls_max=2, heard=heard)
    assert [one.method for one in heard] == ["POST", "DELETE"]


@pytest.mark.parametrize(
    ("said", "error"),
    [(answer("<html>x</html>"), BadReply), (answer("{}"), BadReply),
     (answer("", 500), ProviderDown),
     (answer('{"detail":"Transform with id x not found"}', 404), RequestRejected),
     (answer('{"detail":[{"msg":"Field required"}]}', 422), RequestRejected),
     (page([], 0, "INITIALIZED", run=""), BadReply)],
)  # fmt: skip
def test_a_start_that_is_refused_is_a_fault(said: bytes, error: type[Exception]) -> None:
    """When a run does not begin, nothing is polled or deleted."""
    heard: list[Heard] = []

    def answers(one: Heard) -> bytes:
        heard.append(one)
        return said

    with pytest.raises(error):
        run(answers, attempts=1)
    assert [one.method for one in heard] == ["POST"]


def test_a_server_that_repeats_itself_ends() -> None:
    """A final state whose pages bring nothing new is an end, whatever its count says."""

    def answers(heard: Heard) -> bytes:
        if heard.method == "GET":
            return page([phrase(1), phrase(2)], 0, "COMPLETED", size=1)
        return Stage([([], "RUNNING")])(heard)

    found = run(answers)
    assert found.values == ["phrase 1"]
    assert len(found.heard) <= 5
