"""What an observation that is cited says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from builders import append, decided, graph_of, observed, state_of, undo
from clew.errors import ClewError
from clew.graph.observation_ids import observation_ids
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, EntityMerge
from clew.model.observation_id import ObservationKind
from clew.questions.observation import ObservationAnswer, ObservationRequest, observation
from clew.schema.value import entity_id
from questions.benches import StateBench
from strategies import changes

LINK = "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by dnsdb from x,y"


def asked(state: WorkingSet, name: str) -> ObservationAnswer:
    """What an observation says."""
    return observation(StateBench(state), ObservationRequest(id=name))


@given(changes())
def test_every_id_leads_to_its_own_claim(made: list[Change]) -> None:
    """Each observation of any investigation can be cited: one claim, of its entry and no other."""
    state = state_of(*made)
    for kind, count in ((ObservationKind.LINK, len(state.link_observations)),
                        (ObservationKind.PROPERTY, len(state.properties))):  # fmt: skip
        for one in observation_ids(state, np.arange(count), kind):
            answer = asked(state, str(one))
            (claim,) = answer.claims
            assert (answer.id, claim.observation) == (str(one), str(one))
            assert str(one).startswith(f"o{answer.entry}.")


def test_a_link_s_observation_is_told_whole() -> None:
    """Ends, kind, dates, provider and collectors are those that were told."""
    answer = asked(state_of(observed(LINK, about="a.example")), "o1.l1")
    (claim,) = answer.claims
    assert (claim.source, claim.says, claim.target) == ("a.example", "resolves-to", "192.0.2.1")
    assert (claim.first, claim.last, claim.collectors) == ("2013-01-01", "2013-02-01", ("x", "y"))
    assert (claim.provider, claim.asked_about, answer.entry) == ("dnsdb", "a.example", 1)


def test_a_property_s_observation_is_told_whole() -> None:
    """A state is what the entity is said to be, with its dates as exactly as they were told."""
    answer = asked(graph_of("192.0.2.1 is sinkhole @2014-01..open by dnsdb"), "o1.p1")
    (claim,) = answer.claims
    assert (claim.source, claim.says, claim.target) == ("192.0.2.1", "state", "sinkhole")
    assert (claim.first, claim.last, claim.provider) == ("2014-01", "open", "dnsdb")


def test_what_was_undone_is_still_told() -> None:
    """A citation keeps its meaning, and says that it does not count any more."""
    state = state_of(observed(LINK))
    before = asked(state, "o1.l1")
    undo(state)
    after = asked(state, "o1.l1")
    assert (before.counts, after.counts) == (True, False)
    assert after.claims == before.claims


def test_a_merge_changes_no_claim() -> None:
    """What a provider said it said of the entity that it named, whatever that was merged into."""
    state = state_of(observed(LINK, "b.example"))
    before = asked(state, "o1.l1")
    keep, other = (entity_id("domain-name", name) for name in ("b.example", "a.example"))
    append(state, decided(EntityMerge(keep, other)))
    assert asked(state, "o1.l1") == before


@pytest.mark.parametrize(
    "name", ["o1.l2", "o1.l0", "o2.l1", "o1.p1", "o1", "l0", "", "o1.x0", "o9999999999.l1"]
)
def test_ids_of_nothing_are_refused(name: str) -> None:
    """An id that is none, or of no observation, is refused in words."""
    with pytest.raises(ClewError):
        asked(state_of(observed(LINK)), name)
