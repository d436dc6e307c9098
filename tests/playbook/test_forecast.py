"""The outlook of a playbook: repeats count with all of their rounds, and bounds are told apart."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.lookup_forecast import LookupForecast
from clew.graph.working_set import WorkingSet
from clew.playbook.forecast import Forecast, forecast
from clew.playbook.format import TIMES_MAX, read_playbook

HEAD = "playbook: a\ntitle: A\nparameters: {rounds: {default: 3}}\nsteps:\n"


class Asks:
    """A case without entities, whose look-ups each cost a call and a credit, and bring *gain*."""

    def __init__(self, gain: int | None) -> None:
        self.state = WorkingSet()
        self.gain = gain

    def forecast_lookup(self, transform: str) -> LookupForecast:
        return LookupForecast(
            transform, "One", 2, "", 1, 1.0, frozenset({"domain-name"}), self.gain
        )


def outlook(steps: str, *, gain: int | None = 4, **settings: object) -> Forecast:
    return forecast(read_playbook(HEAD + steps, name="a"), settings, Asks(gain))  # type: ignore[arg-type]  # what a forecast needs of a case


def add(count: int) -> str:
    names = ", ".join(f"n{number}.example" for number in range(count))
    return f"  - id: begin\n    add: {{type: domain-name, values: [{names}]}}\n    graph: g\n"


def nested(rounds: Iterable[int | str], inner: str) -> str:
    """Repeats in each other around some steps, which are lines without their indent."""
    rounds = list(rounds)
    lines = []
    for depth, times in enumerate(rounds):
        pad = "    " * depth
        lines += [f"{pad}  - id: loop{depth}", f"{pad}    repeat:"]
        lines += [f"{pad}      times: {times}", f"{pad}      steps:"]
    pad = "    " * len(rounds) + "  "
    return "\n".join([*lines, *(f"{pad}{line}" for line in inner.splitlines())]) + "\n"


ASK = "- {id: ask, title: Ask, transform: x.y, inputs: begin, graph: g}"


@given(begin=st.integers(1, 5), rounds=st.lists(st.integers(1, TIMES_MAX), max_size=4))
def test_a_repeat_counts_with_all_of_its_rounds(begin: int, rounds: list[int]) -> None:
    """Rounds of repeats in each other multiply what is asked in them."""
    found = outlook(add(begin) + nested(rounds, ASK))
    (line,) = found.lines
    times = 1
    for one in rounds:
        times *= one
    assert (line.rounds, line.depth) == (times, len(rounds))
    assert (line.inputs, line.calls, line.credits) == (begin * times,) * 3
    assert (found.inputs, found.calls, found.credits) == (begin * times,) * 3
    assert line.at_most
    assert found.at_most
    told = f" in at most {times} rounds" if times > 1 else ""
    assert f"Ask: at most {begin * times} look-ups{told} at One, about" in str(line)


@pytest.mark.parametrize(
    ("times", "rounds"), [("2", 2), ('"${rounds}"', 3), ('"${later}"', TIMES_MAX)]
)
def test_how_often_is_a_number_a_parameter_or_the_most(times: str, rounds: int) -> None:
    """What an earlier step is to give is not known before: the most that is played counts."""
    (line,) = outlook(add(1) + nested([times], ASK)).lines
    assert line.rounds == line.inputs == rounds


def test_what_look_ups_usually_bring_is_no_bound() -> None:
    """A step that asks about what another found says about, and not at most."""
    then = ASK.replace("id: ask", "id: then").replace("inputs: begin", "inputs: [begin, ask]")
    found = outlook(add(3) + nested([5], f"{ASK}\n{then}"), gain=2)
    assert [(line.inputs, line.at_most) for line in found.lines] == [(15, True), (45, False)]
    assert not found.at_most
    assert "Ask: about 45 look-ups in at most 5 rounds" in str(found.lines[1])
    (_, line) = outlook(add(3) + nested([5], f"{ASK}\n{then}"), gain=None).lines
    assert line.inputs is None
    assert "an unknown number of look-ups in at most 5 rounds" in str(line)


def test_what_links_lead_to_is_not_known() -> None:
    """A selection is at most what it selects from, unless it goes on to neighbours."""
    ends = "  - {id: near, title: Near, select: {from: begin%s}, graph: g}\n"
    ask = "  - {id: ask, title: Ask, transform: x.y, inputs: near, graph: g}\n"
    (line,) = outlook(add(2) + ends % "" + ask).lines
    assert (line.inputs, line.at_most) == (2, True)
    (line,) = outlook(add(2) + ends % ", follow: {link: resolves-to}" + ask).lines
    assert line.inputs is None
