"""A stranger's playbook spends nothing, and asks nobody, before a person has said yes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from cli.command import Clew

pytestmark = pytest.mark.assurance("playbooks", "budget")
STRANGE = """\
playbook: strange
title: One from elsewhere
steps:
  - {id: names, title: Names, add: {type: domain-name, values: seasidegames.example}, graph: main}
  - {id: free, title: What ThreatConnect holds, transform: threatconnect.indicator_to_incidents,
     inputs: names, graph: main}
  - {id: paid, title: Registrants, transform: domaintools.domain_to_registrants, inputs: names,
     graph: main}
  - {id: file, title: A file, export: {as: csv, name: found}, graph: main}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("domaintools", "threatconnect")) as found:
        yield found


@pytest.fixture
def clew(server: ReplicaServer, tmp_path: Path) -> Clew:
    """A user with keys, and a playbook that somebody sent."""
    (tmp_path / "strange.yaml").write_text(STRANGE)
    made = Clew(tmp_path, {**server.settings(), "CLEW_KEYRING": "no"})
    made("new", "a.clew")
    return made


def received(server: ReplicaServer) -> int:
    return server.received("domaintools") + server.received("threatconnect")


@pytest.mark.parametrize(("more", "terminal"), [((), False), (("--json",), True)])
def test_without_a_person_it_is_refused(
    more: tuple[str, ...], terminal: bool, clew: Clew, server: ReplicaServer
) -> None:
    """In a pipe, and as JSON, nothing leaves, and the message says who would be asked what."""
    before = received(server)
    ended = clew("play", "a.clew", "strange.yaml", *more, code=4, terminal=terminal)
    told = " ".join(ended.stderr.split())
    assert "strange would ask DomainTools, ThreatConnect" in told
    assert "nobody said yes. Look at it with --plan; then say --yes" in told
    assert received(server) == before
    assert not list(clew.folder.glob("found*"))


def test_its_outlook_is_shown_and_asked_about(clew: Clew, server: ReplicaServer) -> None:
    """Who is asked, what leaves, at what class, at what price, what is written; no is no."""
    before = received(server)
    ended = clew("play", "a.clew", "strange.yaml", text="n\n", terminal=True, code=4)
    shown = " ".join(ended.stdout.split())
    assert (
        "Registrants: at most 1 look-ups at DomainTools, about 4 credits; domain-name to " in shown
    )
    assert "to DomainTools (contact class 1)" in shown
    assert "Writes found (csv) beside the investigation." in shown
    assert "At most 2 look-ups with about 2 calls and 4 credits." in shown
    assert "It may spend 0 credits (--credits), and stops before it spends more." in shown
    assert "Play it?" in shown
    assert "was not played. Nothing was asked." in " ".join(ended.stderr.split())
    assert received(server) == before


@pytest.mark.parametrize(("words", "text"), [(("--yes",), ""), ((), "y\n")])
def test_a_yes_grants_no_credits(
    words: tuple[str, ...], text: str, clew: Clew, server: ReplicaServer
) -> None:
    """What is free is asked; the paid step is refused with how to grant it."""
    sold, free = server.sold("domaintools"), server.received("threatconnect")
    ended = clew("play", "a.clew", "strange.yaml", *words, text=text, terminal=bool(text), code=1)
    told = " ".join(ended.stderr.split())
    assert "step paid can't be played: domaintools.domain_to_registrants would cost" in told
    assert "and the budget is 0. Nothing was asked;" in told
    assert "Raise the budget (--credits" in told
    assert server.received("threatconnect") > free
    assert server.sold("domaintools") == sold


def test_what_is_granted_is_spent_and_no_more(clew: Clew, server: ReplicaServer) -> None:
    """With --yes and --credits it is played to its end; --calls bounds it too."""
    sold = server.sold("domaintools")
    play = ("play", "a.clew", "strange.yaml", "--yes", "--json")
    clew(*play, "--credits", "9", "--calls", "1", code=1)
    assert server.sold("domaintools") == sold
    clew(*play, "--credits", "9")
    assert 0 < server.sold("domaintools") - sold <= 9
    assert [one.name for one in clew.folder.glob("found*")] == ["found.csv"]


def test_what_stays_here_is_not_asked_about(clew: Clew) -> None:
    """A playbook that asks nobody, spends nothing and writes nothing is played at once."""
    text = "playbook: own\ntitle: Own\nsteps:\n  - {id: size, title: Size, count: main}\n"
    (clew.folder / "own.yaml").write_text(text)
    clew("add", "a.clew", "a.example")
    assert "Size: " in clew("play", "a.clew", "own.yaml", terminal=True).stdout


def test_a_shipped_one_buys_from_replicas_only(clew: Clew, server: ReplicaServer) -> None:
    """It comes with Clew and is not asked about; a vendor's account is spent by --credits only."""
    hunt = ("registrant-hunt", "--with", "domains=seasidegames.example", "--json")
    clew("play", "a.clew", *hunt)
    gateway = {**clew.settings, "CLEW_DOMAINTOOLS_URL": "https://192.0.2.7"}
    away = Clew(clew.folder, gateway)
    away("new", "b.clew")
    ended = away("play", "b.clew", *hunt, "--calls", "0", code=1)
    assert "calls" in ended.stderr
