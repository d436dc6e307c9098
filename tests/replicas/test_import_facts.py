"""Facts folders become cases, the same bytes each time, with nothing made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clew.errors import ClewError, InvalidValue
from clew.replicas.import_facts import import_facts
from clew.replicas.scenario import load_scenario, pairs, parse_pairs, shipped_scenarios
from corpus.files import corpus

SOURCES = {name: corpus(f"scenario/{name}") for name in ("tendrit", "pitty-tiger")}


@pytest.mark.parametrize("name", SOURCES)
def test_importing_again_gives_the_shipped_bytes(name: str, tmp_path: Path) -> None:
    """The shipped case is what import_facts makes of its facts folder."""
    import_facts(SOURCES[name], tmp_path / name)
    shipped = shipped_scenarios()[name]
    made = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    assert made == {path.name: path.read_bytes() for path in shipped.iterdir()}


def test_a_changed_fact_changes_the_case(tmp_path: Path) -> None:
    """An incident that loses an indicator loses it in the case, and nothing else."""
    src = tmp_path / "facts"
    src.mkdir()
    for path in SOURCES["tendrit"].iterdir():
        (src / path.name).write_bytes(path.read_bytes())
    told = json.loads((src / "threatconnect_incidents.json").read_text())
    gone = told["incidents"][0]["indicators"].pop()
    (src / "threatconnect_incidents.json").write_text(json.dumps(told))
    case, shipped = import_facts(src, tmp_path / "case"), load_scenario("tendrit")
    assert {one.value for one in shipped.indicators} - {one.value for one in case.indicators} == {
        gone["value"]
    }
    assert case.resolutions == shipped.resolutions


def test_tendrit_has_the_walkthrough() -> None:
    """The incident has 23 indicators, and the playbook's parameters name it."""
    case = load_scenario("tendrit")
    incident = next(it for it in case.incidents if it.name == case.parameters["incident"])
    assert sum(one.incident == incident.id for one in case.indicators) == 23
    assert case.synthetic
    assert case.as_of == "2014-06-30"
    assert {one.private for one in case.registrations if one.open_end == "yes"} == {"yes"}


def test_unknown_dates_of_pitty_tiger_stay_unknown() -> None:
    """Runs have no date, the incident a month only, and open or unknown resolutions no start."""
    case = load_scenario("pitty-tiger")
    assert not case.synthetic
    assert case.incidents[0].event_date == "2014-06"
    assert {run.submitted for run in case.runs} == {""}
    for row in case.resolutions:
        if row.precision in ("open", "unknown"):
            assert row.first_seen == ""
        assert (row.still_open == "yes") == (row.precision == "open")
        assert (row.last_seen == "") == (row.precision == "unknown")


def test_each_real_row_has_its_source() -> None:
    """Whoever doubts a fact finds the report and the page."""
    case = load_scenario("pitty-tiger")
    rows: tuple[Any, ...] = (*case.indicators, *case.groups, *case.associations, *case.run_facts,
            *case.resolutions, *case.addresses, *case.registrations)  # fmt: skip
    assert all(row.source for row in rows)


def test_doubt_is_kept() -> None:
    """An inferred call and an uncertain family say so."""
    case = load_scenario("pitty-tiger")
    inferred = [
        fact for fact in case.run_facts if pairs(fact.detail).get("confidence") == "inferred"
    ]
    uncertain = [
        one for one in case.indicators if ("Family Certain", "no") in parse_pairs(one.attributes)
    ]
    assert (len(inferred), len(uncertain)) == (9, 3)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [("case.yaml", "[1, 2]", "no mapping"), ("case.yaml", "name: a\n", "says no"),
     ("case.yaml", "name: [", "can't be read"), ("zones.csv", "zone,more\na,b\n", "more is unk"),
     ("zones.csv", "zone\na,b\n", "too long"), ("runs.csv", "md5\nab\n", "no column id")],
)  # fmt: skip
def test_a_broken_case_is_told(tmp_path: Path, name: str, text: str, reason: str) -> None:
    """A case that does not read as its layout says names the file and what is wrong."""
    (tmp_path / "case.yaml").write_text("name: a\ntitle: A\nas_of: 2020-01-01\n")
    (tmp_path / name).write_text(text)
    with pytest.raises(InvalidValue, match=reason):
        load_scenario(tmp_path)


def test_a_folder_without_facts_is_refused(tmp_path: Path) -> None:
    """A folder in neither layout, or one with broken tables, is told."""
    with pytest.raises(InvalidValue, match="no layout"):
        import_facts(tmp_path, tmp_path / "case")
    (tmp_path / "incident.json").write_text('{"published": "2020"}')
    with pytest.raises(ClewError, match="no 'name'"):
        import_facts(tmp_path, tmp_path / "case")
