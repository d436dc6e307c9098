"""Looking, judging and taking back on the command line, for people and for programs."""

from __future__ import annotations

import re
from pathlib import Path

import apsw
import pytest

from builders import observed
from clew.store.investigation import Investigation
from cli.command import Clew
from cli.investigation import LINK, make_investigation


@pytest.fixture
def clew(tmp_path: Path) -> Clew:
    """A folder with an investigation."""
    make_investigation(tmp_path / "a.clew")
    return Clew(tmp_path, {"CLEW_KEYRING": "no"})


def test_what_is_there_is_shown_by_graph_type_and_entry(clew: Clew) -> None:
    """Graphs with their sizes, then values defanged; options narrow it; --at looks back."""
    shown = clew("show", "a.clew").stdout
    assert re.search(r"main +5 +4", shown)
    assert "198.51.100[.]7" in shown
    names = clew("show", "a.clew", "-g", "other", "-t", "domain-name", "--json").json["entities"]
    assert [one["value"] for one in names] == ["a.example", "d.example"]
    before = clew("show", "a.clew", "--at", "2", "--json").json
    assert (before["entry"], set(before["graphs"])) == (2, {"main"})
    assert "zzz" in clew("show", "a.clew", "-g", "zzz", code=2).stderr
    for words in (("show", "--at", "99"), ("states", "--at", "99"), ("compare", "99")):
        assert "no entry named '99'" in clew(words[0], "a.clew", *words[1:], code=2).stderr


def test_undo_and_redo_say_what_they_did(clew: Clew) -> None:
    """The action and its entries; as JSON the same; where nothing is left that is said."""
    assert clew("undo", "a.clew").stdout == "undo: Note (entries 4).\n"
    assert clew("redo", "a.clew", "--json").json == {"redo": [5], "labels": ["undo"]}
    assert clew("redo", "a.clew").stdout == "There is nothing to redo.\n"
    assert clew("redo", "a.clew", "--json").json == {"redo": [], "labels": []}
    marks = {one["entry"]: one["counts"] for one in clew("history", "a.clew", "--json").json}
    assert marks[4]
    clew("undo", "a.clew")
    assert "undone" in clew("history", "a.clew").stdout
    kinds = [one["kind"] for one in clew("history", "a.clew", "--all", "--json").json]
    assert kinds[0] == "created"
    assert len(kinds) == len(clew("history", "a.clew", "--json").json) + 1


def test_a_damaged_file_is_told_and_salvaged(clew: Clew) -> None:
    """A whole file is good; of a cut one what is good is copied, and the exit code says so."""
    assert "4 of 4 entries are good" in clew("check", "a.clew").stdout
    whole = clew("check", "a.clew", "--salvage", "copy.clew").stdout
    assert "4 entries were copied to copy.clew." in whole
    first, second = (
        clew("show", name, "--json").json["digest"] for name in ("a.clew", "copy.clew")
    )
    assert first == second
    connection = apsw.Connection(str(clew.folder / "a.clew"))
    connection.execute("UPDATE log SET digest = zeroblob(32) WHERE seq = 4")
    connection.close()
    broken = clew("check", "a.clew", "--salvage", "good.clew", code=5).stdout
    assert "3 of 4 entries are good" in broken
    assert "3 entries were copied" in broken
    report = clew("check", "a.clew", "--json", code=5).json
    assert (report["good_entries"], bool(report["fault"])) == (3, True)


def test_replies_give_the_same_graph(clew: Clew) -> None:
    """What is derived anew from the kept replies is compared in words; what lacks is told."""
    clew("new", "b.clew")
    clew("add", "b.clew", "a.example")
    clew("run", "b.clew", "local.name_to_registered_domain")
    assert clew("replay", "b.clew").stdout == "The replies give the same graph.\n"
    assert "names a run" in clew("replay", "a.clew", code=1).stderr


def test_a_window_is_set_shown_and_taken_off(clew: Clew) -> None:
    """Without one that is said; with one what it holds, in a sentence or as numbers."""
    assert clew("window", "a.clew").stdout == "No window is set.\n"
    assert clew("window", "a.clew", "--json").json == {"window": None}
    assert "links 4 of 5 shown" in clew("window", "a.clew", "2013").stdout
    counts = clew("window", "a.clew", "--json").json
    assert counts["window"] == "2013-01-01..2013-12-31"
    assert counts["links"] == {"shown": 4, "known": 5, "unknown": 1}
    assert clew("window", "a.clew", "-g", "other", "--json").json["links"]["known"] == 2
    assert clew("window", "a.clew", "-").stdout == "No window is set.\n"
    assert "yesterday" in clew("window", "a.clew", "yesterday", code=2).stderr
    assert "sometimes" in clew("window", "a.clew", "2013", "--undated", "sometimes", code=2).stderr


def test_merged_graphs_show_what_they_share(clew: Clew) -> None:
    """Size, then the overlap with its weights; one graph alone is not merged."""
    shown = clew("merge", "a.clew", "main", "other", "--into", "both").stdout
    assert shown.startswith("both: 7 entities, 5 links.\n")
    assert "Shared entities" in shown
    assert "two graphs or more" in clew("merge", "a.clew", "main", code=2).stderr
    assert "zzz" in clew("merge", "a.clew", "main", "zzz", code=2).stderr


def test_pruning_is_proposed_and_applied(clew: Clew) -> None:
    """Reasons for each; nothing falls before --apply; the JSON names what falls."""
    words = ("prune", "a.clew", "--leaf-rounds", "1")
    before = clew("show", "a.clew", "--json").json["digest"]
    assert clew(*words).stdout.endswith("Proposed; --apply does it.\n")
    data = clew(*words, "--json").json
    assert {one["value"] for one in data["entities_fall"]} == {"c.example"}
    assert all(one["reason"] for one in data["entities_fall"])
    assert not data["applied"]
    assert clew("show", "a.clew", "--json").json["digest"] == before
    assert clew(*words, "--apply").stdout.endswith("Taken out; 'clew undo' brings it back.\n")
    assert clew("show", "a.clew", "-g", "main", "--json").json["digest"] != before


def test_explain_takes_entities_and_observations(clew: Clew) -> None:
    """One value, two values, or an id, defanged or not."""
    assert clew("explain", "a.clew", "a[.]example").stdout.startswith("domain-name  a[.]example")
    assert "strength" in clew("explain", "a.clew", "a.example", "b.example").stdout
    assert clew("explain", "a.clew", LINK, "--json").json["entry"] == 2
    assert "o9.l9" in clew("explain", "a.clew", "o9.l9", code=2).stderr


@pytest.mark.parametrize("ceiling", ["CLEAR", "purple"])
def test_a_report_is_of_a_graph_within_a_ceiling(clew: Clew, ceiling: str) -> None:
    """Graphs to compare with are named; a marking that is not known is refused."""
    words = ("report", "a.clew", "r.md", "--beside", "other", "--ceiling", ceiling)
    if ceiling == "purple":
        assert "purple" in clew(*words, code=2).stderr
        return
    clew(*words)
    assert "other" in (clew.folder / "r.md").read_text()
    assert "zzz" in clew("report", "a.clew", "r.md", "-g", "zzz", code=2).stderr


@pytest.mark.assurance("look-alikes")
def test_a_homograph_is_shown_in_both_forms(clew: Clew) -> None:
    """The terminal shows A-labels and how they read; what nobody sees is made visible."""
    with Investigation.create(clew.folder / "alike.clew") as case:
        case.append([observed("p\u0430ypal.com", "paypal.com", "person:Iv\u3164an\u200b")])
    shown = clew("show", "alike.clew").stdout
    assert "xn--pypal-4ve[.]com  (reads p\u0430ypal[.]com)" in shown
    assert "Iv\ufffdan\ufffd" in shown
    told = clew("about", "alike.clew", "xn--pypal-4ve.com").stdout
    assert "letters of Cyrillic and Latin" in told
