"""Weighing, playing, recording and reporting on the command line."""

from __future__ import annotations

import json
from typing import Any

from end_to_end.test_cli import Clew, clew  # noqa: F401


def told(done: Any) -> Any:
    return json.loads(done.stdout)


def test_graphs_are_weighed(clew: Clew) -> None:  # noqa: F811
    """Structure, next, together, changes, crowds and same: as JSON and for people."""
    clew("new", "w.clew")
    clew("add", "w.clew", "service-mail.example", "serivce-mail.example", "--graph", "one")
    clew("add", "w.clew", "service-mail.example", "192.0.2.9", "--graph", "two")
    assert len(told(clew("structure", "w.clew", "--json"))["entities"]) == 3
    assert told(clew("next", "w.clew", "-g", "one", "--json"))[0]["inputs"]
    shared = told(clew("together", "w.clew", "one", "two", "--json"))
    assert shared["tally"] == {"1": 2, "2": 1}
    assert [one["value"] for one in told(clew("changes", "w.clew", "1", "--json"))["new"]]
    assert told(clew("crowds", "w.clew", "--json")) == []
    assert "one letter apart" in told(clew("same", "w.clew", "--json"))[0]["reasons"][0]
    for words in (("structure",), ("next",), ("crowds",), ("same",), ("changes", "0")):
        assert clew(words[0], "w.clew", *words[1:]).stdout
    assert "graphs" in clew("together", "w.clew", "one", "two").stdout


def test_a_playbook_is_foreseen_played_compared_and_recorded(clew: Clew) -> None:  # noqa: F811
    """What it would ask asks nobody; a second play is compared; what was done is a playbook."""
    clew("new", "p.clew")
    assert {"registrant-hunt", "walkthrough"} <= {
        one["name"] for one in told(clew("playbooks", "--json"))
    }
    hunt = ("p.clew", "registrant-hunt", "--with", "domains=harborlights.example")
    assert told(clew("play", *hunt, "--plan", "--json"))["lines"][0]["inputs"] == 1
    assert told(clew("history", "p.clew", "--json")) == []
    first = told(clew("play", *hunt, "--compare", "--json"))
    assert first["compared"] is None
    assert first["hunt"]["entities"] > 5
    again = told(clew("play", *hunt, "--compare", "--refresh", "--json"))
    assert again["compared"]["new"] == []
    clew("record", "p.clew", "again.yaml")
    clew("record", "p.clew", "again.yaml", code=5)
    clew("new", "q.clew")
    assert told(clew("play", "q.clew", "again.yaml", "--json"))["playbook"] == "again"
    assert "registrant-hunt" in clew("playbooks").stdout


def test_reports_are_written_in_three_forms(clew: Clew) -> None:  # noqa: F811
    """HTML, Markdown and PDF; what is over the ceiling is left out; other forms are refused."""
    clew("new", "r.clew")
    clew("add", "r.clew", "a.example", "192.0.2.9")
    for name in ("r.html", "r.md", "r.pdf"):
        assert "a report of main" in clew("report", "r.clew", name, "--ceiling", "GREEN").stdout
    clew("report", "r.clew", "r.exe", code=2)


def test_a_text_is_extracted_and_enters_nothing(clew: Clew) -> None:  # noqa: F811
    """Each place with type, value, line and span; --into enters the values."""
    text = "The host evil[.]example (192.0.2[.]9)\nserved invoice.zip, see hxxp://evil[.]example/x."
    found = told(clew("extract", "-", "--json", text=text))
    assert [(one["type"], one["value"], one["line"]) for one in found["entities"]] == [
        ("domain-name", "evil.example", 1), ("ip-address", "192.0.2.9", 1),
        ("url", "http://evil.example/x", 2),
    ]  # fmt: skip
    assert all(text[slice(*one["span"])] == one["text"] for one in found["entities"])
    clew("new", "x.clew")
    assert "nothing was entered" in clew("extract", "-", text=text).stdout
    assert "entered in x.clew" in clew("extract", "-", "--into", "x.clew", text=text).stdout
    assert len(told(clew("show", "x.clew", "--json"))["entities"]) == 3
    clew("extract", "gone.txt", code=5)
