"""Runs of version 3 at servers that answer well, and at ones that misbehave."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from clew.engine.maltego.answered import Answered
from clew.engine.maltego.run_v3 import Polling, run_v3
from clew.engine.maltego.send import Sender
from clew.errors import BadReply, ProviderDown, RequestRejected
from clew.interop.maltego.record import Field, Request, Thing
from clew.interop.maltego.v3 import read_run
from engine.maltego.loopback import Heard, answer, asked

DOMAIN = Thing("maltego.DNSName", "example.org", fields=(Field("fqdn", "example.org"),))
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


def run(answers: Callable[[Heard], bytes], **polling: Any) -> tuple[Answered, list[Heard]]:
    async def act(sender: Sender) -> Answered:
        sleep = getattr(answers, "sleep", None)
        follow = Polling(**({"sleep": sleep} if sleep else {}), **polling)
        question = Request((), (("language", "de"),), 40, 40)
        return await run_v3(
            sender, "acme.to", DOMAIN, question, base=f"{sender.server.url}/", polling=follow
        )

    return asked(answers, act, "v3", key="k3y")


def values(answered: Answered) -> list[str]:
    return [thing.value for thing in answered.response.things]


def test_a_run_is_started_polled_and_taken_down() -> None:
    """All pages come in order, the run is deleted at the end, and the key is in each request."""
    events = [phrase(number) for number in range(25)]
    stage = Stage([([], "RUNNING"), (events[:5], "RUNNING"), (events, "COMPLETED")])
    answered, heard = run(stage)
    assert values(answered) == [f"phrase {number}" for number in range(25)]
    assert (answered.cut, answered.failed, answered.calls) == ("", "", len(heard))
    assert (heard[0].method, heard[0].path) == ("POST", "/transforms/acme.to/run")
    assert (heard[-1].method, heard[-1].path) == ("DELETE", "/transforms/acme.to/run/r%2F1")
    request = read_run(heard[0].body)
    assert [one.value for one in request.things] == ["example.org"]
    assert (request.settings, request.hard_limit) == ((("language", "de"),), 40)
    assert {one.headers["maltego-api-key"] for one in heard} == {"k3y"}
    assert [json.loads(line)["result"]["state"] for line in answered.body.splitlines()]


def test_waits_grow_while_nothing_comes() -> None:
    """Polls back off up to a bound, and are quick again when something came."""
    stage = Stage([([], "RUNNING")] * 12 + [([phrase(1)], "RUNNING"), ([phrase(1)], "COMPLETED")])
    answered, _ = run(stage, first_s=1.0, longest_s=4.0)
    assert values(answered) == ["phrase 1"]
    assert stage.waits[:5] == [1.0, 1.5, 2.25, 3.375, 4.0]
    assert max(stage.waits) == 4.0
    assert stage.waits[-1] == 1.0


@pytest.mark.parametrize("polling", [{"polls": 7}, {"seconds": 20.0}])
def test_a_run_without_an_end_is_given_up(polling: dict[str, Any]) -> None:
    """What came is kept, cut is told, and the run is cancelled and deleted at the server."""
    stage = Stage([([phrase(1)], "RUNNING")])
    answered, heard = run(stage, **polling)
    assert values(answered) == ["phrase 1"]
    assert "was not done after" in answered.cut
    assert sum(stage.waits) <= 20.0
    assert [one.path.rpartition("/")[2] for one in heard[-2:]] == [
        "cancel", "r%2F1?Cancelled=true"
    ]  # fmt: skip


def test_endless_events_are_bounded() -> None:
    """A server that has ever more is followed up to the bound of polls or bytes."""
    endless = [phrase(number) for number in range(2_000)]
    answered, heard = run(Stage([(endless, "RUNNING")]), body_bytes=20_000)
    assert "over 20000 bytes" in answered.cut
    assert len(heard) < 40


def test_a_question_back_is_cancelled_once() -> None:
    """Each question gets one cancellation and a problem that quotes it."""
    prompt = {"data": {"eventType": "ADD", "inputType": "CHOICE_PROMPT", "id": "q 1",
                       "message": "Go on?"}}  # fmt: skip
    stage = Stage([([prompt], "PAUSED"), ([prompt], "PAUSED"), ([prompt, phrase(1)], "COMPLETED")])
    answered, heard = run(stage)
    told = [one for one in heard if "/prompts/" in one.path]
    assert [(one.path, json.loads(one.body)) for one in told] == [
        ("/transforms/acme.to/run/r%2F1/prompts/q%201", {"reason": "CANCELLED", "result": {}})
    ]
    assert values(answered) == ["phrase 1"]
    assert answered.problems == ("it asked back, which was cancelled: Go on?",)


def test_a_failure_is_waited_for_until_it_says_why() -> None:
    """A run that is failed before its reason is there is polled again, a few times at most."""
    why = status("no luck", "ERROR")
    stage = Stage([([], "RUNNING"), ([], "FAILED"), ([], "FAILED"), ([why], "FAILED")])
    answered, _ = run(stage)
    assert [one.text for one in answered.response.messages] == ["no luck"]
    silent = Stage([([], "RUNNING"), *[([], "FAILED")] * 40])
    answered, heard = run(silent)
    assert answered.response.messages == ()
    assert len(heard) < 15


@pytest.mark.parametrize("state", ["FAILED", "CANCELED", "TIMED_OUT"])
def test_a_run_that_ends_badly_is_told(state: str) -> None:
    """The state is the reason when the run said nothing, and what came is kept."""
    answered, _ = run(Stage([([phrase(1), status("no", "ERROR")], state)]))
    assert values(answered) == ["phrase 1"]
    assert answered.failed == f"the run ended as {state.lower().replace('_', ' ')}"


def test_a_break_in_the_middle_keeps_what_came() -> None:
    """A server that dies while it is polled leaves an answer that says so."""
    stage = Stage([([phrase(1)], "RUNNING")])

    def answers(heard: Heard) -> bytes:
        if heard.method == "GET" and "eventPointer=0" not in heard.path:
            return b""
        return stage(heard)

    answered, heard = run(answers, first_s=0.0)
    assert values(answered) == ["phrase 1"]
    assert "broke off" in answered.failed
    assert heard[-1].method == "DELETE"


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
        run(answers)
    assert [one.method for one in heard] == ["POST"]


def test_a_server_that_repeats_itself_ends() -> None:
    """A final state whose pages bring nothing new is an end, whatever its count says."""

    def answers(heard: Heard) -> bytes:
        if heard.method == "GET":
            return page([phrase(1), phrase(2)], 0, "COMPLETED", size=1)
        return Stage([([], "RUNNING")])(heard)

    answered, heard = run(answers, first_s=0.0)
    assert values(answered) == ["phrase 1"]
    assert len(heard) <= 5
