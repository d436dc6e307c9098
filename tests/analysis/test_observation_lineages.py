"""The voices of all observations at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.observed_lines import observed_lines
from builders import graph_of
from clew.analysis.lineage import Lineage, lineages
from clew.analysis.lineage_table import CONFIDENCE, kind_of
from clew.analysis.observation_lineages import UNKNOWN_LINEAGE, day_of, observation_lineages
from clew.graph.view import link_observation, view_of
from clew.model.entity import Link


@given(st.lists(observed_lines, min_size=1, max_size=10))
def test_columns_hold_the_lineages_of_records(lines: list[str]) -> None:
    """Each observation has the lineages that its record has, and the confidence of its kind."""
    view = view_of(graph_of(*lines), "main")
    columns = observation_lineages(view)
    found: list[set[Lineage | None]] = [set() for _ in view.observations]
    at = range(len(columns.codes)) if columns.at is None else columns.at.tolist()
    for place, code in zip(at, columns.codes.tolist(), strict=True):
        found[place].add(None if code == UNKNOWN_LINEAGE else columns.lineage(code))
    for place, row in enumerate(view.observations.tolist()):
        observation = link_observation(view.state, row)
        assert isinstance(observation.subject, Link)
        origin_of = observation.provenance.provider, observation.subject.type
        days = {
            day_of(each, observation.seen) for each in lineages(*origin_of, observation.collectors)
        }
        assert found[place] == {each if each.known else None for each in days}
        assert abs(columns.confidence[place] - CONFIDENCE[kind_of(*origin_of)]) < 1e-6


def test_an_empty_graph_is_silent() -> None:
    """No observation, no voice."""
    columns = observation_lineages(view_of(graph_of("a.example"), "main"))
    assert (len(columns.codes), len(columns.confidence)) == (0, 0)
