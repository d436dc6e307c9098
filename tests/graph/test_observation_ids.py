"""Ids of observations in a working set: what they name, for good."""

from __future__ import annotations

from pathlib import Path

import apsw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import append, decided, observed, state_of, undo
from clew.errors import InvalidValue, UnknownName
from clew.graph.observation_ids import (
    observation_ids,
    observation_of,
    observation_row,
    observation_rows,
)
from clew.graph.snapshot import from_pieces, to_pieces
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, EntityMerge, Note
from clew.model.observation_id import ObservationKind
from clew.schema.value import entity_id
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from clew.store.salvage import salvage
from strategies import changes

LINK, PROPERTY = ObservationKind.LINK, ObservationKind.PROPERTY


def all_ids(state: WorkingSet) -> dict[ObservationKind, list[str]]:
    """The ids of all observations, by kind, in the order of their rows."""
    return {
        LINK: observation_ids(state, np.arange(len(state.link_observations)), LINK),
        PROPERTY: observation_ids(state, np.arange(len(state.properties)), PROPERTY),
    }


def named(state: WorkingSet) -> dict[str, str]:
    """What each id names, as a text."""
    return {id_: str(observation_of(state, id_)) for ids in all_ids(state).values() for id_ in ids}


@given(changes(), st.integers(0, 3))
def test_rows_and_ids_are_one_to_one(made: list[Change], back: int) -> None:
    """Each row has an id of its own that gives the row back, undone or not."""
    state = state_of(*made)
    for _ in range(back):
        undo(state)
    for kind, ids in all_ids(state).items():
        assert len(set(ids)) == len(ids)
        assert observation_rows(state, ids, kind).tolist() == list(range(len(ids)))
        assert [observation_row(state, id_) for id_ in ids] == [
            (kind, row) for row in range(len(ids))
        ]


@given(changes())
def test_an_id_names_a_row_of_its_entrys_block(made: list[Change]) -> None:
    """Entry and row are those of the log: nothing else is needed to find what is cited."""
    state = state_of(*made)
    count = 0
    for entry, change in enumerate(made, 1):
        if (block := change.block) is None:
            continue
        values = block.entities["value"].to_list()
        for number, row in enumerate(block.links.iter_rows(named=True), 1):
            observation = observation_of(state, f"o{entry}.l{number}")
            link = (values[row["source"]], block.names[row["type"]], values[row["target"]])
            assert str(observation.subject) == "{} -{}-> {}".format(*link)
            assert (row["first"], row["last"]) == observation.seen.seconds
            count += 1
        for number, row in enumerate(block.properties.iter_rows(named=True), 1):
            observation = observation_of(state, f"o{entry}.p{number}")
            assert (observation.name, observation.value) == (block.names[row["name"]], row["value"])
            count += 1
    assert count == len(named(state))


@given(changes(), changes())
def test_what_comes_later_changes_no_id(made: list[Change], more: list[Change]) -> None:
    """Further entries, undo, merges of entities and a snapshot leave each id's meaning."""
    state = state_of(*made)
    before = named(state)
    for change in more:
        append(state, change)
    into, other = (entity_id("domain-name", f"{name}.example") for name in "ab")
    append(state, decided(EntityMerge(into, other), action="merge"))
    undo(state)
    undo(state)
    loaded = from_pieces(to_pieces(state))
    assert loaded is not None
    for later in (state, loaded):
        append(later, observed("z.example -resolves-to-> 192.0.2.9", at=99))
        assert named(later).items() >= before.items()
    assert named(loaded) == named(state)


@given(changes())
@settings(max_examples=10)
def test_ids_mean_the_same_in_the_file(
    tmp_path_factory: pytest.TempPathFactory, made: list[Change]
) -> None:
    """Reopened, with and without a snapshot, packed and salvaged, a file has the same ids."""
    folder = tmp_path_factory.mktemp("x")
    path = folder / "a.clew"
    machine = MachineFolder(folder)
    with Investigation.create(path, machine=machine) as case:
        for change in made:
            case.append([change])
        known = named(case.state)
        case.save_snapshot()
        case.append([decided(Note("later"))])
    with Investigation.open(path, machine=machine) as case:
        assert named(case.state) == known
    execute(path, "VACUUM")
    salvage(path, folder / "b.clew")
    for one in (path, folder / "b.clew"):
        with Investigation.open(one) as case:
            assert named(case.state) == known


def execute(path: Path, sql: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute(sql)
    connection.close()


def test_entries_without_rows_are_no_ones() -> None:
    """An entry that brought no observation has no id, and takes none of its neighbours'."""
    state = state_of(
        observed("a.example"),
        observed("a.example -resolves-to-> 192.0.2.1", "192.0.2.1 is sinkhole"),
        observed("b.example"),
        decided(Note("n")),
        observed("192.0.2.1 is sinkhole", "192.0.2.1 is parked", at=1),
        observed("c.example", at=2),
    )
    assert all_ids(state) == {LINK: ["o2.l1"], PROPERTY: ["o2.p1", "o5.p1", "o5.p2"]}
    assert observation_ids(state, np.asarray([2, 0, 2]), PROPERTY) == ["o5.p2", "o2.p1", "o5.p2"]
    assert observation_ids(WorkingSet(), np.empty(0, np.int32), LINK) == []


@pytest.mark.parametrize("text", ["o1.l2", "o1.p1", "o2.l1", "o3.l1", "o4.l1", "o9999999999.l1"])
def test_an_unknown_id_is_told(text: str) -> None:
    """An id that the log does not hold names nothing: behind its entry, of a decision, beyond."""
    line = "a.example -resolves-to-> 192.0.2.1"
    state = state_of(observed(line), decided(Note("n")), observed("b.example"))
    with pytest.raises(UnknownName, match="no observation named"):
        observation_row(state, text)


def test_ids_of_the_other_kind_are_told() -> None:
    """Rows of links are not given for ids of properties; what is no id is told first."""
    state = state_of(observed("a.example -resolves-to-> 192.0.2.1", "192.0.2.1 is sinkhole"))
    with pytest.raises(InvalidValue, match="not one of a link"):
        observation_rows(state, ["o1.l1", "o1.p1"], LINK)
    with pytest.raises(InvalidValue, match="observation id"):
        observation_row(state, "nonsense")
