"""The command line as a person and a program use it."""

from __future__ import annotations

import json

import pytest

from cli.command import Clew


def test_an_afternoon(clew: Clew) -> None:
    """New, add, plan, run, window, score, explain, prune, undo, check, replay and export."""
    clew("new", "a.clew", "--title", "A case")
    pasted = "laton[.]dyn1[.]example\n# a comment\nhxxp://www.seasidegames[.]example/a\n"
    added = clew("add", "a.clew", "--json", text=pasted).json["added"]
    assert {one["type"] for one in added} == {"domain-name", "url"}
    transform = "passivetotal.name_to_addresses"
    plan = clew("plan", "a.clew", transform, "--json").json
    assert (plan["calls"], plan["asks"]) == (1, ["laton.dyn1.example"])
    clew("run", "a.clew", transform, "--json", code=4)
    ran = clew("run", "a.clew", transform, "--credits", "5", "--json").json
    assert ran[0]["done"] == 1
    again = json.loads(clew("run", "a.clew", transform, "--json").stdout)
    assert (again[0]["calls"], again[0]["cached"]) == (0, 1)
    clew("run", "a.clew", transform, "--refresh", "--credits", "0", "--calls", "0", code=4)
    assert "shown" in clew("window", "a.clew", "2013").stdout
    scores = clew("score", "a.clew", "--json").json
    assert all(0 <= one["score"] <= 1 for one in scores)
    facts = clew("explain", "a.clew", "laton.dyn1.example", "--json").json
    assert facts["links"]
    assert all(len(one["reply"]) == 64 for one in facts["links"])
    address = facts["links"][0]["target"]
    why = clew("explain", "a.clew", "laton.dyn1.example", address, "--json").json
    assert why["paths"]
    assert address.rpartition(".")[2] in clew("explain", "a.clew", address).stdout
    before = clew("show", "a.clew", "--json").json
    clew("prune", "a.clew", "--window", "1999", "--undated", "drop", "--apply")
    assert clew("show", "a.clew", "--json").json["digest"] != before["digest"]
    clew("undo", "a.clew")
    assert clew("show", "a.clew", "--json").json["digest"] == before["digest"]
    clew("redo", "a.clew")
    clew("undo", "a.clew")
    assert clew("check", "a.clew", "--json").json["fault"] == ""
    assert clew("replay", "a.clew", "--json").json["same"]
    for name in ("a.jsonl", "a.csv", "a.svg", "a.png"):
        clew("export", "a.clew", name)
    assert "Prune" in clew("history", "a.clew").stdout


def test_a_saved_reply_is_read(clew: Clew) -> None:
    """A retired provider's saved JSON becomes dated, sourced links, and replays."""
    row = {"recordType": "A", "resolve": "192.0.2.7", "firstSeen": "2013-01-02 00:00:00",
           "lastSeen": None, "source": "riskiq"}  # fmt: skip
    saved = clew.folder / "saved.json"
    saved.write_text(json.dumps({"results": [row], "totalRecords": 1}), "utf-8")
    clew("new", "s.clew")
    clew("add", "s.clew", "x.example")
    words = ("run", "s.clew", "passivetotal.name_to_addresses", "x.example", "--reply")
    assert clew(*words, str(saved), "--json").json[0]["done"] == 1
    link = clew("explain", "s.clew", "192.0.2.7", "--json").json["links"][0]
    assert (link["first"], link["last"], link["collectors"]) == (
        "2013-01-02", "unknown", ["riskiq"],
    )  # fmt: skip
    assert clew("replay", "s.clew", "--json").json["same"]


def test_graphs_are_merged(clew: Clew) -> None:
    """Two graphs become one, with the overlap told."""
    clew("new", "m.clew")
    clew("add", "m.clew", "192.0.2.1", "a.example", "--graph", "one")
    clew("add", "m.clew", "192.0.2.1", "b.example", "--graph", "two")
    told = clew("merge", "m.clew", "one", "two", "--json").json
    assert told["merged"]["entities"] == 3
    assert told["overlap"]["entities"] == 1


def test_keys_are_kept_and_tested(clew: Clew) -> None:
    """A wrong key from the environment is told by the provider's refusal; names are checked."""
    assert "of 10000" in clew("keys", "test", "passivetotal").stdout
    assert "reverse-whois" in clew("keys", "test", "domaintools").stdout
    clew("keys", "set", "passivetotal", "colour", text="x\n", code=2)


def test_own_types_are_used(clew: Clew) -> None:
    """A type that the user declares in YAML is taken, with its pattern."""
    own = (
        "entity_types:\n  - name: badge-number\n    label: Badge number\n    family: identity\n"
        "    icon: id-card\n    pattern: 'B-[0-9]{4}'\n    case: upper\n"
    )
    folder = clew.home
    (folder / "types").mkdir(parents=True, exist_ok=True)
    (folder / "types" / "own.yaml").write_text(own, "utf-8")
    clew("new", "own.clew")
    added = clew("add", "own.clew", "badge-number: b-1234", "--json").json["added"]
    assert added == [{"type": "badge-number", "value": "B-1234"}]
    assert "badge-number" in clew("show", "own.clew").stdout


def test_catalogues(clew: Clew) -> None:
    """Providers and transforms are listed, renamed and retired ones with their successor."""
    providers = clew("providers", "--json").json["providers"]
    retired = next(one for one in providers if one["name"] == "passivetotal")
    assert all(one["ready"] and not one["missing"] for one in providers)
    assert (retired["status"], retired["successor"]) == ("retired", "defender-ti")
    found = clew("transforms", "--type", "file", "--json").json
    assert {one["id"].partition(".")[0] for one in found} >= {"threatgrid", "threatconnect"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "missing.clew"), 5),
        (("transforms", "--type", "no-such-type"), 2),
        (("run", "a.clew", "no.such", "x.example"), 2),
        (("add", "a.clew", "???"), 2),
        (("demo", "--case", "no-such-case"), 2),
        (("nonsense",), 2),
    ],
)
def test_errors_are_one_clear_line(clew: Clew, words: tuple[str, ...], code: int) -> None:
    """What is wrong is said, without a trace, and with its own exit code."""
    done = clew(*words, code=code)
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_prints_one_object(clew: Clew) -> None:
    """``clew demo --json`` prints one JSON object with the walkthrough's counts."""
    done = clew("demo", "--headless", "--case", "tendrit", "--json", "--out", "out")
    data = done.json
    assert data["merged"] == {"entities": 105, "links": 185}
    assert data["overlap"]["entities"] == 39


def test_a_demo_with_a_provider_down_keeps_the_rest(clew: Clew) -> None:
    """A provider that only answers HTML costs its steps, not the others; it ends as partial."""
    done = clew(
        "demo", "--headless", "--case", "tendrit", "--out", "bad",
        "--misbehave", "passivetotal:html", code=3,
    )  # fmt: skip
    assert "no JSON" in done.stdout
    assert clew("check", "bad/tendrit.clew", "--json").json["good_entries"] > 10
