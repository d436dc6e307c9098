"""Playing on replicas: loops, questions, bounds, faults of each kind, and going on after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from clew.errors import ClewError
from clew.playbook.bounds import AnswerNeeded
from clew.playbook.forecast import forecast
from clew.playbook.format import PlaybookFault, read_playbook
from clew.playbook.library import load_playbook
from clew.playbook.record import record
from clew.playbook.run import run_playbook
from clew.playbook.run_history import changes_since_last_run, runs_of
from clew.replicas.behaviour import Misbehaviour
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.workbench import Workbench

HUNT = load_playbook("registrant-hunt")
BEGIN = {"domains": "harborlights.example"}


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit")) as found:
        yield found


def bench_of(server: ReplicaServer, folder: Path, **more: str) -> Workbench:
    settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(folder), **more}
    return Workbench.create(folder / "case.clew", settings)


def spent(bench: Workbench) -> int:
    """Calls of all runs."""
    store = bench.case.store
    return sum(
        outcome.calls for run in store.runs() for _, outcome in store.tasks(run.id) if outcome
    )


def steps(body: str, more: str = "") -> str:
    return f"playbook: x\n{more}steps:\n{body}"


ADD = "  - id: begin\n    add: {type: domain-name, values: [%s]}\n    graph: g\n"
OWNERS = (
    "  - id: owners\n    transform: domaintools.domain_to_registrants\n"
    "    inputs: begin\n    graph: g\n"
)


def test_a_hunt_goes_round_until_nothing_new_comes(server: ReplicaServer, tmp_path: Path) -> None:
    """Rounds bring more; a privacy service is never followed; twice the same is no change."""
    with bench_of(server, tmp_path) as bench:
        once = run_playbook(HUNT, {**BEGIN, "rounds": 1}, bench)
        more = run_playbook(HUNT, {**BEGIN, "rounds": 9}, bench)
        assert once.report["hunt"]["entities"] < more.report["hunt"]["entities"]
        rounds = next(one for one in more.steps if one.id == "round").data["rounds"]
        assert 1 < rounds < 9
        asked = {
            task.value
            for run in bench.case.store.runs()
            if run.transform == "domaintools.email_to_domains"
            for task, _ in bench.case.store.tasks(run.id)
        }
        assert asked
        assert not any("privacy" in value for value in asked)
        assert changes_since_last_run(bench.case, HUNT.name).new
        run_playbook(HUNT, {**BEGIN, "rounds": 9}, bench)
        assert not changes_since_last_run(bench.case, HUNT.name).changed
        assert len(runs_of(bench.state, HUNT.name)) == 3


def test_one_undo_takes_the_last_step_back_and_the_mark_with_it(
    server: ReplicaServer, tmp_path: Path
) -> None:
    """After a play the first undo shows, and what was played to its end no longer is."""
    playbook = read_playbook(steps(ADD % "a.example"), name="x")
    with bench_of(server, tmp_path) as bench:
        run_playbook(playbook, {}, bench)
        assert len(runs_of(bench.state, "x")) == 1
        bench.undo()
        assert "g" not in bench.state.decisions.graphs or not len(bench.view("g").entities)
        assert runs_of(bench.state, "x") == []


def test_the_outlook_asks_nobody(server: ReplicaServer, tmp_path: Path) -> None:
    """Known numbers and prices before, and nothing was sent or written."""
    with bench_of(server, tmp_path) as bench:
        before = len(server.requests("domaintools")), bench.state.seq
        outlook = forecast(HUNT, {"domains": "a.example, b.example"}, bench)
        assert outlook.lines[0].inputs == 2
        assert outlook.credits >= 2
        assert outlook.unknown == 2
        assert "DomainTools" in str(outlook.lines[0])
        assert (len(server.requests("domaintools")), bench.state.seq) == before


@pytest.mark.assurance("playbooks", "budget")
def test_no_more_is_looked_up_than_the_outlook_says(server: ReplicaServer, tmp_path: Path) -> None:
    """What the rounds of a repeat ask about is within what was told before."""
    inner = "- {id: ask, title: Ask, transform: domaintools.domain_whois, inputs: begin, graph: g}"
    loop = f"  - id: loop\n    repeat:\n      times: 3\n      steps:\n        {inner}\n"
    playbook = read_playbook(steps(ADD % "a.example" + loop), name="x")
    with bench_of(server, tmp_path) as bench:
        (line,) = forecast(playbook, {}, bench).lines
        done = run_playbook(playbook, {}, bench, credits_max=99)
        asked = [one.data["run"]["inputs"] for one in done.steps if one.id == "ask"]
        assert (line.rounds, line.at_most) == (3, True)
        assert sum(asked) <= (line.inputs or 0)
        assert len(asked) <= line.rounds


def test_a_step_asks_a_person(server: ReplicaServer, tmp_path: Path) -> None:
    """Without an answer it waits with all before it kept; a wrong one is refused; then goes on."""
    asks = "  - id: sure\n    ask: {text: 'Go on?', choices: ['yes', 'no']}\n"
    text = steps(ADD % "a.example" + asks + "  - id: n\n    count: g\n")
    playbook = read_playbook(text, name="x")
    with bench_of(server, tmp_path) as bench:
        with pytest.raises(AnswerNeeded) as caught:
            run_playbook(playbook, {}, bench)
        assert (caught.value.step, caught.value.choices) == ("sure", ("yes", "no"))
        assert len(bench.view("g").entities) == 1
        with pytest.raises(PlaybookFault):
            run_playbook(playbook, {}, bench, answers={"sure": "maybe"})
        done = run_playbook(playbook, {}, bench, answers={"sure": "yes"})
        assert done.steps[1].data["answer"] == "yes"


def test_notes_and_exports_are_acts_of_a_playbook(server: ReplicaServer, tmp_path: Path) -> None:
    """A note on what a step gave, a file beside the investigation, never over another one."""
    body = "  - id: note\n    note: {text: seen, of: begin}\n  - id: out\n"
    body += "    export: {as: csv, name: found}\n    graph: g\n"
    playbook = read_playbook(steps(ADD % "a.example" + body), name="x")
    with bench_of(server, tmp_path) as bench:
        run_playbook(playbook, {}, bench)
        run_playbook(playbook, {}, bench)
        assert [note.text for note in bench.state.decisions.notes] == ["seen", "seen"]
    assert sorted(one.name for one in tmp_path.glob("found*")) == ["found 2.csv", "found.csv"]


FAULTS: Mapping[str, tuple[str, dict[str, str], str]] = {
    "unknown transform": (OWNERS.replace("domain_to_registrants", "nothing"), {}, "nothing"),
    "budget": (OWNERS, {}, "budget"),
    "contact class": (OWNERS, {"CLEW_CONTACT_LIMIT": "0"}, ""),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_stops_where_it_should_and_the_rest_is_kept(
    kind: str, server: ReplicaServer, tmp_path: Path
) -> None:
    """The step is named, nothing was asked, and what was before it stays."""
    body, settings, part = FAULTS[kind]
    stop = "stop: {calls: 0}\n" if kind == "budget" else ""
    playbook = read_playbook(steps(ADD % "a.example" + body, stop), name="x")
    before = len(server.requests("domaintools"))
    with bench_of(server, tmp_path, **settings) as bench:
        if kind == "contact class":
            done = run_playbook(playbook, {}, bench)
            assert "contact" in str(done.steps[-1].data["run"]["held_back"]).lower()
        else:
            with pytest.raises(PlaybookFault, match="owners") as caught:
                run_playbook(playbook, {}, bench)
            assert part in str(caught.value)
        assert len(bench.view("g").entities) == 1
    assert len(server.requests("domaintools")) == before


def test_a_marking_holds_back(server: ReplicaServer, tmp_path: Path) -> None:
    """What may not leave is not sent; the step tells so and the play goes on."""
    playbook = read_playbook(steps(ADD % "a.example" + OWNERS), name="x")
    with bench_of(server, tmp_path, CLEW_DOMAINTOOLS_CEILING="TLP:CLEAR") as bench:
        from clew.model.change import Mark

        bench.decide(Mark(5), label="Mark")
        done = run_playbook(playbook, {}, bench)
        skipped = done.steps[-1].data["run"]["held_back"]
        assert skipped
        assert done.steps[-1].data["run"]["calls"] == 0


def test_a_provider_that_dies_midway_is_gone_on_with_for_free(
    server: ReplicaServer, tmp_path: Path
) -> None:
    """What came before the fault is kept; playing again asks only what is missing."""
    names = "harborlights.example, skyline-post.example, seasidegames.example"
    playbook = read_playbook(steps(ADD % names + OWNERS), name="x")
    with bench_of(server, tmp_path) as bench:
        server.behave("domaintools", Misbehaviour("bad-gateway", match="skyline"))
        first = run_playbook(playbook, {}, bench, credits_max=99)
        server.behave("domaintools")
        assert first.steps[-1].extents
        entities_before = len(bench.view("g").entities)
        assert entities_before > 3
        before = spent(bench)
        second = run_playbook(playbook, {}, bench, credits_max=99)
        run = second.steps[-1].data["run"]
        assert run["cached"] == 2
        assert not second.steps[-1].extents
        assert spent(bench) - before == run["calls"] < 3
        third = run_playbook(playbook, {}, bench, credits_max=99).steps[-1].data["run"]
        assert (third["calls"], third["credits"]) == (0, 0)


def test_a_size_bound_stops_after_the_step_that_passes_it(
    server: ReplicaServer, tmp_path: Path
) -> None:
    """What was found is kept, and the bound is told."""
    text = steps(
        ADD % "a.example, b.example" + "  - id: n\n    count: g\n", "stop: {entities: 1}\n"
    )
    with bench_of(server, tmp_path) as bench:
        with pytest.raises(PlaybookFault, match="holds 2 entities"):
            run_playbook(read_playbook(text, name="x"), {}, bench)
        assert len(bench.view("g").entities) == 2


def test_what_was_done_by_hand_is_a_playbook(server: ReplicaServer, tmp_path: Path) -> None:
    """A recorded walkthrough, played on a new file, brings the same merged graph."""
    case = load_scenario("tendrit")
    with bench_of(server, tmp_path) as bench:
        run_playbook(load_playbook(case.playbook), case.parameters, bench)
        text, kept_back = record(bench.case, bench.ceiling(), name="again")
        assert kept_back == ""
        before = {name: bench.view(name) for name in ("a", "b")}
        entities = {name: set(view.entity_records()) for name, view in before.items()}
    (tmp_path / "two").mkdir()
    with bench_of(server, tmp_path / "two") as bench:
        run_playbook(read_playbook(text, name="again"), {}, bench, credits_max=999)
        merged = bench.view("merged")
        assert (len(merged.entities), len(merged.links)) == (105, 185)
        assert set(bench.view("b").entity_records()) == entities["b"]


def test_nothing_to_record_is_told(server: ReplicaServer, tmp_path: Path) -> None:
    """An investigation without a run is no playbook."""
    with bench_of(server, tmp_path) as bench, pytest.raises(ClewError, match="no run to record"):
        record(bench.case, bench.ceiling(), name="x")
