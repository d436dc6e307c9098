"""What changed of a graph's tables: with it the tables of before are those of after, always."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from builders import decided, entries, graph_of, observed, state_of
from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Note, Revert
from clew.model.interval import Window
from clew.model.marking import DEFAULT_MARKING
from clew.schema.registry import catalogue
from clew.schema.value import entity_id
from clew.service.editions import EDITIONS_MAX, Editions
from clew.service.tables import entity_table, link_table, observation_table
from service.changed_tables import Tables, applied, parts

KINDS = catalogue()


def points_of(view: View) -> np.ndarray[Any, Any]:
    """A place for each entity, which follows from its row and from how much there is."""
    rows = view.entities.astype(np.float64)
    return np.stack((rows, rows * (len(rows) % 3)), axis=1)


def window_of(view: View) -> Window | None:
    window = view.state.decisions.time_window.window
    return Window.parse(window) if window else None


def answered(editions: Editions, view: View, after: str = "") -> bytes:
    return editions.answer(
        view, points_of(view), after, window=window_of(view), default=DEFAULT_MARKING
    )


def whole_tables(view: View) -> Tables:
    """The tables as version 0.1 gives them, without the columns that only they have."""
    window, points = window_of(view), points_of(view)
    entities = entity_table(view, KINDS, points, window=window, default=DEFAULT_MARKING)
    links = link_table(view, KINDS, window=window)
    seen = observation_table(view)
    return [
        entities.drop("row").to_dicts(),
        links.to_dicts(),
        seen.drop("first", "last").to_dicts(),
    ]


def without_days(tables: Tables) -> Tables:
    """The same without days, which version 0.1 tells in words."""
    entities, links, seen = tables
    days = ("first", "last")
    return [entities, links, [{k: v for k, v in row.items() if k not in days} for row in seen]]


@st.composite
def logs(draw: st.DrawFn) -> list[Change]:
    """A log in which some actions are taken back, and done again."""
    made: list[Change] = [observed("a.example -resolves-to-> 192.0.2.1", graph="a", action="first")]
    taken: set[int] = set()
    for change in draw(strategies.changes()):
        made.append(change)
        counting = [seq for seq in range(2, len(made) + 1) if seq not in taken]
        if draw(st.booleans()):
            undone = draw(st.sampled_from(counting))
            made.append(decided(Revert((undone,)), action=f"undo{len(made)}"))
            taken.add(undone)
            if draw(st.booleans()):
                made.append(decided(Revert((len(made),)), action=f"redo{len(made)}"))
                taken = (taken - {undone}) | {len(made) - 1}
    return made


@settings(max_examples=20)
@given(logs(), st.data())
def test_changes_make_the_tables_of_before_those_of_after(
    log: list[Change], data: st.DataObject
) -> None:
    """From each moment to a later or an earlier one, over decisions, merges, undo and redo."""
    states = [state_of(*log[: size + 1]) for size in range(len(log))]
    graph = data.draw(st.sampled_from(sorted(states[0].decisions.graphs)))
    views = [view_of(one, graph) for one in states]
    walk = data.draw(st.lists(st.sampled_from(views), min_size=1, max_size=EDITIONS_MAX))
    editions = Editions(KINDS)
    tables: Tables = [[], [], []]
    after = ""
    for view in walk:
        body = answered(editions, view, after)
        tables = applied(tables, body)
        assert without_days(tables) == whole_tables(view)
        after = parts(body)[0].edition


@settings(max_examples=20)
@given(logs())
def test_a_log_that_grows_is_told_piece_by_piece(log: list[Change]) -> None:
    """One working set that is extended in place gives what each of its states is."""
    state = WorkingSet()
    editions = Editions(KINDS)
    tables: Tables = [[], [], []]
    after = ""
    for entry in entries(log):
        state.extend(entry)
        view = view_of(state, "a")
        body = answered(editions, view, after)
        tables = applied(tables, body)
        assert without_days(tables) == whole_tables(view)
        after = parts(body)[0].edition


def large(*more: Change) -> View:
    """A graph of 400 hosts at one address, after these changes."""
    lines = [f"h{at}.example -resolves-to-> 192.0.2.1 @2013..2014" for at in range(400)]
    return view_of(state_of(observed(*lines), *more), "main")


def test_a_note_is_told_by_one_row() -> None:
    """One row of entities, none of links, and 6 kB at most."""
    editions = Editions(KINDS)
    head, _ = parts(answered(editions, large()))
    noted = decided(Note("seen", entity_id("domain-name", "h7.example")))
    body = answered(editions, large(noted), head.edition)
    now, (entities, *others) = parts(body)
    assert (head.whole, now.whole, now.seq) == (True, False, 2)
    assert [(row["value"], row["noted"]) for row in entities] == [("h7.example", True)]
    assert others == [[], [], []]
    assert len(body) < 6_000


def test_nothing_new_is_the_same_edition_and_no_row() -> None:
    """Asked again, an edition stays what it is; an unknown one, or of another graph, gives all."""
    editions = Editions(KINDS)
    head, _ = parts(answered(editions, large()))
    again, tables = parts(answered(editions, large(), head.edition))
    assert (again.edition, again.whole, tables) == (head.edition, False, [[], [], [], []])
    assert parts(answered(editions, large(), "gone"))[0].whole
    other = view_of(graph_of("a.example", graph="other"), "other")
    assert parts(answered(editions, other, head.edition))[0].whole


def test_few_editions_are_kept() -> None:
    """The oldest is forgotten, and then all is told."""
    editions = Editions(KINDS)
    heads = [parts(answered(editions, large()))[0] for _ in range(EDITIONS_MAX + 1)]
    assert len({one.edition for one in heads}) == EDITIONS_MAX + 1
    assert [
        parts(answered(editions, large(), one.edition))[0].whole for one in (heads[0], heads[-1])
    ] == [True, False]


def test_days_are_the_first_and_last_that_a_date_may_mean() -> None:
    """Years and months widen to their ends; what is unknown or open is told apart from any day."""
    spans = ("2013..2013-02", "?..open", "2013-05-20..?", "?..?")
    view = view_of(
        graph_of(
            *(f"a.example -resolves-to-> 192.0.2.{at} @{span}" for at, span in enumerate(spans, 1))
        ),
        "main",
    )
    _, (_, _, seen, _) = parts(answered(Editions(KINDS), view))
    unknown, still = -(2**31), 2**31 - 1
    assert [(row["first"], row["last"]) for row in seen] == [
        (15_706, 15_764), (unknown, still), (15_845, unknown), (unknown, unknown),
    ]  # fmt: skip
