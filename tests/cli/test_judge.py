"""Weighing, playing, recording and reporting on the command line."""

from __future__ import annotations

from cli.command import Clew


def test_graphs_are_weighed(clew: Clew) -> None:
    """Structure, next, together, changes, crowds and same: as JSON and for people."""
    clew("new", "w.clew")
    clew("add", "w.clew", "service-mail.example", "serivce-mail.example", "--graph", "one")
    clew("add", "w.clew", "service-mail.example", "192.0.2.9", "--graph", "two")
    assert len(clew("structure", "w.clew", "--json").json["entities"]) == 3
    assert clew("next", "w.clew", "-g", "one", "--json").json[0]["inputs"]
    shared = clew("together", "w.clew", "one", "two", "--json").json
    assert shared["tally"] == {"1": 2, "2": 1}
    assert [one["value"] for one in clew("changes", "w.clew", "1", "--json").json["new"]]
    assert clew("crowds", "w.clew", "--json").json == []
    assert "one letter apart" in clew("same", "w.clew", "--json").json[0]["reasons"][0]
    for words in (("structure",), ("next",), ("crowds",), ("same",), ("changes", "0")):
        assert clew(words[0], "w.clew", *words[1:]).stdout
    assert "graphs" in clew("together", "w.clew", "one", "two").stdout


def test_a_playbook_is_foreseen_played_compared_and_recorded(clew: Clew) -> None:
    """What it would ask asks nobody; a second play is compared; what was done is a playbook."""
    clew("new", "p.clew")
    assert {"registrant-hunt", "walkthrough"} <= {
        one["name"] for one in clew("playbooks", "--json").json
    }
    hunt = ("p.clew", "registrant-hunt", "--with", "domains=harborlights.example")
    assert clew("play", *hunt, "--plan", "--json").json["lines"][0]["inputs"] == 1
    assert clew("history", "p.clew", "--json").json == []
    first = clew("play", *hunt, "--compare", "--json").json
    assert first["compared"] is None
    assert first["hunt"]["entities"] > 5
    again = clew("play", *hunt, "--compare", "--refresh", "--json").json
    assert again["compared"]["new"] == []
    clew("record", "p.clew", "again.yaml")
    clew("record", "p.clew", "again.yaml", code=5)
    clew("new", "q.clew")
    agreed = ("--yes", "--credits", "99")
    assert clew("play", "q.clew", "again.yaml", *agreed, "--json").json["playbook"] == "again"
    assert "registrant-hunt" in clew("playbooks").stdout


def test_reports_are_written_in_three_forms(clew: Clew) -> None:
    """HTML, Markdown and PDF; what is over the ceiling is left out; other forms are refused."""
    clew("new", "r.clew")
    clew("add", "r.clew", "a.example", "192.0.2.9")
    for name in ("r.html", "r.md", "r.pdf"):
        assert "a report of main" in clew("report", "r.clew", name, "--ceiling", "GREEN").stdout
    clew("report", "r.clew", "r.exe", code=2)


def test_a_text_is_extracted_and_enters_nothing(clew: Clew) -> None:
    """Each place with type, value, line and span; --into enters the values."""
    text = "The host evil[.]example (192.0.2[.]9)\nserved invoice.zip, see hxxp://evil[.]example/x."
    found = clew("extract", "-", "--json", text=text).json
    assert [(one["type"], one["value"], one["line"]) for one in found["entities"]] == [
        ("domain-name", "evil.example", 1), ("ip-address", "192.0.2.9", 1),
        ("url", "http://evil.example/x", 2),
    ]  # fmt: skip
    assert all(text[slice(*one["span"])] == one["text"] for one in found["entities"])
    clew("new", "x.clew")
    assert "nothing was entered" in clew("extract", "-", text=text).stdout
    assert "entered in x.clew" in clew("extract", "-", "--into", "x.clew", text=text).stdout
    assert len(clew("show", "x.clew", "--json").json["entities"]) == 3
    clew("extract", "gone.txt", code=5)
