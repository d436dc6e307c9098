"""What each kind of step does, on an investigation without a file."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import observed, records
from clew.errors import ClewError
from clew.playbook.ask import ask
from clew.playbook.case_access import RunResult
from clew.playbook.format import KINDS, PlaybookFault, PlaybookStep, read_playbook, step_kinds
from clew.playbook.run import run_playbook
from clew.playbook.steps import DO, step_action
from effort import times
from playbook.cases import StateCase, case_of, run_steps, step_result, values
from strategies import lines

NAMES = "id: names, select: {type: domain-name}"
ADDRESSES = "id: addresses, select: {type: ip-address}"


@pytest.fixture
def case() -> StateCase:
    """Names on addresses in two graphs, dated or not, one with a state and a property."""
    return case_of(
        observed(
            "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
            "b.example -resolves-to-> 192.0.2.1 @2013-01-15..",
            "b.example -resolves-to-> 192.0.2.2", "192.0.2.2 is sinkhole",
            "a.example has registrar=Example", graph="a",
        ),
        observed("c.example -resolves-to-> 192.0.2.2 @2015-01-01..open",
                 "b.example has registrar=Other", graph="b", at=1),
    )  # fmt: skip


def test_every_kind_has_an_action() -> None:
    """What a playbook may say is done by a step of its own, or asked as a question."""
    assert set(DO) == set(KINDS) - {"repeat"}
    for kind in set(step_kinds()) - {"repeat"}:
        step = PlaybookStep("x", "x", kind, {}, {}, 1)
        assert step_action(step) is (DO[kind] if kind in KINDS and kind != "overlap" else ask)


@given(st.lists(lines, min_size=1, max_size=8))
def test_pairs_reversed_are_the_same_pairs(observed_lines: list[str]) -> None:
    """From either end each link is told once, under every entity of the set it starts from."""
    case = case_of(observed(*observed_lines))
    steps = (NAMES, ADDRESSES)
    found = step_result(case, *steps, "id: p, pairs: {from: names, link: resolves-to}")
    turned = "id: p, pairs: {from: addresses, link: resolves-to, reverse: true}"
    back = step_result(case, *steps, turned)
    forward = {(one, two) for one, ends in found.data["pairs"].items() for two in ends}
    assert forward == {(one, two) for two, ends in back.data["pairs"].items() for one in ends}
    assert forward == {(one.split()[0], one.split()[2]) for one in observed_lines}
    assert list(found.data["pairs"]) == values(case, step_result(case, NAMES))


@given(st.lists(lines, max_size=8, unique=True), st.integers(2010, 2016))
def test_rows_are_fewer_the_more_is_wanted(observed_lines: list[str], year: int) -> None:
    """All observations of a kind; those in a window, and those with both dates, are among them."""
    case = case_of(observed(*observed_lines), observed("z.example -subdomain-of-> y.example", at=1))

    def rows(more: str) -> list[str]:
        found = step_result(case, f"id: r, rows: {{link: resolves-to{more}}}")
        assert found.data["count"] == len(found.data["rows"])
        ends = {word for row in found.data["rows"] for word in row.split()[:2]}
        assert values(case, found) == sorted(ends)
        return list(found.data["rows"])

    every, dated = rows(""), rows(", dated: true")
    assert len(every) == len(observed_lines)
    assert dated == [row for row in every if "open" not in row and "unknown" not in row]
    assert set(rows(f", window: {year}, dated: true")) <= set(dated)
    assert set(rows(f", window: {year}")) <= set(rows(f", window: {year - 1}..{year + 1}"))


def test_rows_say_by_which_rule(case: StateCase) -> None:
    """What a window leaves out is told with the rows, as a sentence of dates."""
    rules = {
        "": "all",
        ", window: 2013": "first_seen <= 2013-12-31 and last_seen >= 2013-01-01, "
        "unknown ends prove nothing",
        ", window: 2013, dated: true": "first_seen <= 2013-12-31 and last_seen >= 2013-01-01, "
        "both dates known",
    }
    for more, rule in rules.items():
        assert step_result(case, f"id: r, rows: {{link: resolves-to{more}}}").data["rule"] == rule


@given(st.lists(st.lists(lines, max_size=4), min_size=3, max_size=3), st.permutations("abc"))
def test_a_merge_counts_what_its_graphs_hold(made: list[list[str]], order: list[str]) -> None:
    """The merged graph holds the entities and links of all, whatever their order."""
    case = case_of(*(
        observed("z.example", *observed_lines, graph=name, at=at)
        for at, (name, observed_lines) in enumerate(zip("abc", made, strict=True))
    ))  # fmt: skip
    found = step_result(case, f"id: m, merge: [{', '.join(order)}], graph: merged")
    held = [records(case.state, name) for name in "abc"]
    entities, links = records(case.state, "merged")
    assert set(entities) == {one for graph in held for one in graph[0]}
    assert found.data == {"entities": len(entities), "links": len(links)}
    assert step_result(case, "id: n, count: merged").data == found.data


def test_one_graph_may_stand_for_a_list(case: StateCase) -> None:
    """Where a list of graphs is taken, a name alone is that graph, not its letters."""
    assert step_result(case, "id: m, merge: a, graph: copy").data["links"] == 3
    for graphs in ("ab", "[a]", "[a, b, a]"):
        with pytest.raises(PlaybookFault, match="it takes two graphs"):
            run_steps(case, f"id: o, overlap: {graphs}")


def test_an_overlap_is_the_same_by_list_and_by_question(case: StateCase) -> None:
    """The list of 0.1 and the question's own mapping find the same entities."""
    old = step_result(case, "id: o, overlap: [a, b]")
    asked = step_result(case, "id: o, overlap: {a: a, b: b}")
    assert values(case, old) == values(case, asked) == ["192.0.2.2", "b.example"]
    assert old.data["entities"] == asked.data["entities"] == 2
    assert {one["value"] for one in old.data["values"]} == set(values(case, old))


def test_one_value_is_read_and_named_by_later_steps(case: StateCase) -> None:
    """A property with one value is a text; without one, or with several, the step is named."""
    of = "id: one, select: {value: %s}"
    read = "id: who, read: {of: one, property: registrar}"
    note = 'id: n, note: {text: "by ${who}"}'
    assert run_steps(case, of % "a.example", read, note).steps[1].value == "Example"
    assert [one.text for one in case.state.decisions.notes] == ["by Example"]
    for value, what in (("c.example", "nothing"), ("[a.example, b.example]", "2 different")):
        with pytest.raises(PlaybookFault, match=f"step who can't be played.*says {what}"):
            run_steps(case, of % value, read)


def test_a_window_is_set_and_named(case: StateCase) -> None:
    """A span, or days around a day, is the window under study and a text for later steps."""
    around = step_result(case, "id: w, window: {around: 2013-05-20, days: 1}")
    assert around.data["window"] == ["2013-05-19", "2013-05-21"]
    assert case.state.decisions.time_window.window == str(around.value)
    whole = step_result(case, "id: w, window: {span: 2013}")
    rows = 'id: r, rows: {link: resolves-to, window: "${w}"}'
    found = step_result(case, "id: w, window: {span: 2013}", rows)
    assert whole.data["window"] == ["2013-01-01", "2013-12-31"]
    assert found.data["count"] == 2
    for days in ("many", 10**12):
        with pytest.raises(PlaybookFault, match="step w can't be played"):
            run_steps(case, f"id: w, window: {{around: 2013-05-20, days: {days}}}")


def test_what_is_put_comes_with_its_links(case: StateCase) -> None:
    """A selection enters a graph with the links among it, and with those to what is there."""
    run_steps(case, "id: s, select: {value: [a.example, 192.0.2.1]}, put: part")
    assert len(records(case.state, "part")[1]) == 1
    run_steps(case, "id: s, select: {value: b.example}, put: part")
    entities, links = records(case.state, "part")
    assert ([one.value for one in entities], len(links)) == (
        ["a.example", "b.example", "192.0.2.1"], 2
    )  # fmt: skip


def test_a_selection_may_be_required(case: StateCase) -> None:
    """Nothing found is an empty set, or where the step needs it a fault that names what is near."""
    wanted = "id: s, select: {from: names, value: b.exampel}"
    assert values(case, step_result(case, NAMES, wanted)) == []
    with pytest.raises(PlaybookFault, match=r"Did you mean b\.example"):
        run_steps(case, NAMES, wanted + ", required: true")


def test_pruning_leaves_what_it_says(case: StateCase) -> None:
    """The step's set is what stays, what falls is listed with its reason, and the graph has it."""
    found = step_result(
        case, "id: kept, select: {value: a.example}",
        "id: p, prune: {window: 2013, undated: drop, leaf: 1, keep: kept}, graph: a",
    )  # fmt: skip
    assert sorted(one.value for one in records(case.state, "a")[0]) == values(case, found)
    assert "a.example" in values(case, found)
    assert found.data["entities_stay"] == len(values(case, found))
    assert {one["value"] for one in found.data["entities_fall"]} >= {"192.0.2.2"}
    assert found.data["window"] == ["2013-01-01", "2013-12-31"]
    assert sum(one["entities"] for one in found.data["reasons"].values()) == len(
        found.data["entities_fall"]
    )


def test_scores_count_lineages() -> None:
    """A link that two independent providers tell of is told by several lineages."""
    link = "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by"
    case = case_of(observed(f"{link} one", f"{link} two", "b.example -resolves-to-> 192.0.2.1"))
    found = step_result(case, "id: s, score: main")
    assert (found.data["links"], found.data["several_lineages"]) == (2, 1)
    assert 0 < found.data["mean"] < 1
    empty = step_result(case_of(observed("a.example")), "id: s, score: main")
    assert empty.data == {"links": 0, "several_lineages": 0, "mean": 0.0}


def test_a_look_up_is_bounded_by_what_is_left() -> None:
    """Each look-up is asked with what those before it left, and says what it lacks."""
    result = RunResult("", 2, 2, 3, 1, 1, ("a: held",), ("b: cut",), ("c: odd",))
    case = case_of(observed("a.example", "b.example"), result=result)
    asks = 'inputs: names, with: {since: "2013", until: "", limit: null}, graph: g'
    done = run_steps(
        case, NAMES, f"id: x, transform: v.one, {asks}", f"id: y, transform: v.two, {asks}",
        stop="{calls: 4, credits: 2}",
    )  # fmt: skip
    assert [(one["transform"], one["inputs"]) for one in case.runs] == [("v.one", 2), ("v.two", 2)]
    assert [(one["calls_max"], one["credits_max"]) for one in case.runs] == [(4, 2.0), (1, 1.0)]
    assert case.runs[0]["settings"] == {"since": "2013"}
    step = done.steps[-1]
    assert (step.problems, step.extents) == (("c: odd",), ("b: cut",))
    assert step.data["run"]["held_back"] == ["a: held"]


words = st.sampled_from((
    "begin", "a", "", "resolves-to", "2013", "a.example", "both", "neighbours", "${begin}", "state"
))  # fmt: skip
inner = st.sampled_from(("link", "way", "to", "at_least", "name", "as", "window", "undated"))
trees = st.recursive(
    words | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(inner, below, max_size=3),
    max_leaves=4,
)


@pytest.mark.parametrize("kind", step_kinds())
@settings(max_examples=times(15, deep=500))
@given(data=st.data())
def test_no_argument_breaks_a_step(kind: str, data: st.DataObject) -> None:
    """Whatever stands under a kind and beside it, the step is done or refused in words."""
    fields = sorted(step_kinds()[kind])
    mapping = st.dictionaries(st.sampled_from(fields), trees) if fields else st.just({})
    arguments: Any = data.draw(mapping | trees)
    if kind == "repeat" and isinstance(arguments, dict):
        arguments["steps"] = [{"id": "again", "count": "a"}]
    beside = st.sampled_from(("graph", "inputs", "with", "through", "put", "required"))
    odd = {"id": "odd", kind: arguments, **data.draw(st.dictionaries(beside, trees, max_size=2))}
    begin = {"id": "begin", "add": {"type": "domain-name", "value": "a.example"}, "graph": "a"}
    case = case_of(observed("a.example -resolves-to-> 192.0.2.1 @2013-01-01..", graph="a"))
    text = json.dumps({"playbook": "x", "steps": [begin, odd]})
    with suppress(ClewError):
        run_playbook(read_playbook(text, name="x"), {}, case)
