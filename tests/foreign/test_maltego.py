"""Transforms of Maltego's own libraries, unmodified, asked end to end into an investigation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.engine.maltego.declarations import (
    ProgramDeclaration,
    ServerDeclaration,
)
from clew.errors import Refusal
from clew.model.entity import Entity
from clew.model.marking import TLP, Marking
from clew.model.provenance import Extent
from clew.store.check import check
from clew.transform.provider import Contact
from engine.maltego.desk import Desk
from foreign.asking import NAMES, Project
from foreign.projects import TRX, free_port, interpreter, serving, written


@pytest.fixture(scope="module")
def trx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    python = interpreter()
    folder = written(tmp_path_factory.mktemp("trx"), TRX)
    port = free_port()
    command = [str(python), "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "project:application"]
    with serving(command, folder, port):
        yield Project(python, folder, f"http://127.0.0.1:{port}")


TARGETS = ("local", "trx")


def how(
    project: Project, kind: str, name: str
) -> tuple[ProgramDeclaration | ServerDeclaration, str]:
    return (project.local(name), "") if kind == "local" else (project.server("trx"), name)


@pytest.mark.parametrize("kind", TARGETS)
def test_a_trx_transform_enters_with_all_it_said(trx: Project, tmp_path: Path, kind: str) -> None:
    """Entities, links with their direction, properties and notes of a TRX transform are there."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(*how(trx, kind, "kitchensink")))
        assert (ended.done, ended.failed, ended.incomplete) == (1, 0, ())
        assert "example.org: Inform: message of kind inform" in ended.problems
        assert desk.entities() >= {
            Entity("domain-name", "example.org"), Entity("ip-address", "192.0.2.10"),
            Entity("domain-name", "www.example.org"),
            Entity("phrase", "property fqdn=example.org"),
        }  # fmt: skip
        assert ("192.0.2.10", "related-to", "example.org") in desk.links()
        assert ("example.org", "related-to", "www.example.org") in desk.links()
        state = desk.bench.state
        texts = state.properties.texts
        assert 'quote " amp & lt < é 中' in [texts[row] for row in range(len(texts))]
        notes = state.decisions.notes
        assert [note.text for note in notes] == ["line1\nline2"]
        assert {note.actor for note in notes} == {desk.observations()[0].provenance.provider}


@pytest.mark.parametrize("kind", TARGETS)
def test_provenance_says_who_was_asked_what(trx: Project, tmp_path: Path, kind: str) -> None:
    """Each observation names transform, input, settings and marking, and its reply is kept."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        desk.mark("example.org", TLP.GREEN)
        desk.ask(desk.plan(*how(trx, kind, "kitchensink")))
        (told,) = {one.provenance for one in desk.observations()}
        assert told.provider == ("maltego-local" if kind == "local" else "maltego-example")
        assert told.transform == f"{told.provider}.kitchensink"
        assert told.input == desk.bench.catalogue.value("domain-name", "example.org").id
        assert (told.settings, told.tlp) == ('{"limit":256}', int(TLP.GREEN))
        reply = desk.bench.case.store.reply(told.reply)
        assert reply is not None
        assert b"<MaltegoTransformResponseMessage>" in reply.body
    assert check(tmp_path / "case.clew").good


@pytest.mark.parametrize("kind", TARGETS)
def test_one_undo_takes_an_ask_back(trx: Project, tmp_path: Path, kind: str) -> None:
    """What several entities brought, with notes, is one action."""
    with Desk(tmp_path, NAMES) as desk:
        before = desk.entities()
        ended = desk.ask(desk.plan(*how(trx, kind, "kitchensink")))
        assert ended.done == 2
        assert desk.entities() > before
        desk.bench.undo()
        assert (desk.entities(), desk.links()) == (before, set())
        assert not desk.bench.state.decisions.notes
        desk.bench.redo()
        assert desk.entities() > before


@pytest.mark.parametrize("kind", TARGETS)
def test_a_crash_does_not_stop_the_others(trx: Project, tmp_path: Path, kind: str) -> None:
    """An entity whose transform fails is told in its words; the others are recorded."""
    with Desk(tmp_path, {**NAMES, "good.example": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(*how(trx, kind, "crash")))
        assert (ended.done, ended.failed) == (1, 2)
        assert all("An exception occurred with the transform" in it for it in ended.incomplete)
        assert desk.links() == {("good.example", "related-to", "good")}


@pytest.mark.parametrize("kind", TARGETS)
def test_an_exception_is_told(trx: Project, tmp_path: Path, kind: str) -> None:
    """What a transform throws is the reason of the failure, and nothing enters."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(*how(trx, kind, "refused")))
        assert ended.failed == 1
        assert "upstream refused the key" in ended.incomplete[0]
        assert desk.links() == set()


def test_settings_and_limit_reach_a_server_and_secrets_stay_out_of_the_log(
    trx: Project, tmp_path: Path
) -> None:
    """A server gets settings, limit and today's properties; a secret is not written down."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        settings = {"language": "de", "global#api_key": "s3cr3t-key"}
        plan = desk.plan(trx.server("trx"), "kitchensink", settings, limit=40)
        desk.ask(plan)
        values = {one.value for one in desk.entities()}
        assert {"setting language=de", "setting global#api_key=s3cr3t-key"} <= values
        assert "value=example.org type=DNSName slider=40" in values
        told = desk.observations()[0].provenance.settings
        assert told == '{"global#api_key":"…","language":"de","limit":40}'


def test_a_limit_cuts_what_a_program_gives_and_says_so(trx: Project, tmp_path: Path) -> None:
    """Two of four results are taken up, and their provenance says that there were four."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(trx.local("kitchensink"), limit=2))
        how_much = desk.observations()[0].provenance.completeness
        assert (how_much.extent, how_much.received, how_much.total) == (Extent.CUT, 2, 4)
        assert len(desk.links()) == 2
        assert "cut at 2 of 4" in ended.incomplete[0]


def test_an_unknown_transform_of_a_server_is_told(trx: Project, tmp_path: Path) -> None:
    """The server's own words are in the failure."""
    with Desk(tmp_path, {"example.org": "domain-name"}) as desk:
        ended = desk.ask(desk.plan(trx.server("trx"), "nosuch"))
        assert "No transform found with the name 'nosuch'" in ended.incomplete[0]


def test_what_is_not_enabled_is_not_asked(trx: Project, tmp_path: Path) -> None:
    """A declared transform runs only after it was enabled."""
    with Desk(tmp_path, NAMES) as desk, pytest.raises(Refusal, match="not enabled"):
        desk.ask(desk.plan(trx.local("greetperson", enabled=False)))


def test_the_contact_limit_holds_back_everything(trx: Project, tmp_path: Path) -> None:
    """Over the limit no entity is asked about, also where the server is on this machine."""
    with Desk(tmp_path, NAMES) as desk:
        plan = desk.plan(trx.server("trx", contact=Contact.TARGET), "crash")
        assert (plan.lookups, len(plan.skipped), plan.calls) == ((), 2, 0)
        assert desk.ask(plan).calls == 0


def test_the_marking_gate_holds_back_one(trx: Project, tmp_path: Path) -> None:
    """An entity marked stricter than the declared ceiling does not leave; the other does."""
    with Desk(tmp_path, NAMES) as desk:
        desk.mark("example.org", TLP.RED)
        server = trx.server("trx", ceiling=Marking(TLP.AMBER))
        plan = desk.plan(server, "kitchensink")
        assert [str(one.value) for one in plan.lookups] == ["www.example.net"]
        assert "TLP:RED" in plan.skipped[0].reason
        desk.ask(plan)
        assert not any("example.org" in one.value for one in desk.entities()
                       if one.value.startswith("value="))  # fmt: skip
