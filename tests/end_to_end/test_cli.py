"""The command line as a person and a program use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from clew.replicas.case import load_case
from clew.replicas.server import running

Clew = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def clew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clew]:
    folder = tmp_path_factory.mktemp("cli")
    with running(load_case("tendrit")) as server:
        environment = {
            **os.environ, **server.settings(), "CLEW_KEYRING": "no",
            "CLEW_HOME": str(folder / "home"),
        }  # fmt: skip

        def run(*words: str, text: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
            done = subprocess.run(
                [sys.executable, "-m", "clew.cli.app", *words],
                env=environment, cwd=folder, input=text, capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == code, (words, done.stdout, done.stderr)
            return done

        run.home = folder / "home"  # type: ignore[attr-defined]
        yield run


def test_an_afternoon(clew: Clew) -> None:
    """New, add, plan, run, window, score, explain, prune, undo, check, replay and export."""
    clew("new", "a.clew", "--title", "A case")
    pasted = "laton[.]dyn1[.]example\n# a comment\nhxxp://www.seasidegames[.]example/a\n"
    added = json.loads(clew("add", "a.clew", "--json", text=pasted).stdout)["added"]
    assert {one["type"] for one in added} == {"domain-name", "url"}
    transform = "passivetotal.name_to_addresses"
    plan = json.loads(clew("plan", "a.clew", transform, "--json").stdout)
    assert (plan["calls"], plan["asks"]) == (1, ["laton.dyn1.example"])
    clew("run", "a.clew", transform, "--json", code=4)
    ran = json.loads(clew("run", "a.clew", transform, "--credits", "5", "--json").stdout)
    assert ran[0]["done"] == 1
    assert "shown" in clew("window", "a.clew", "2013").stdout
    scores = json.loads(clew("score", "a.clew", "--json").stdout)
    assert all(0 <= one["score"] <= 1 for one in scores)
    facts = json.loads(clew("explain", "a.clew", "laton.dyn1.example", "--json").stdout)
    assert facts["links"]
    assert all(len(one["reply"]) == 64 for one in facts["links"])
    address = facts["links"][0]["target"]
    why = json.loads(clew("explain", "a.clew", "laton.dyn1.example", address, "--json").stdout)
    assert why["paths"]
    assert address.rpartition(".")[2] in clew("explain", "a.clew", address).stdout
    before = json.loads(clew("show", "a.clew", "--json").stdout)
    clew("prune", "a.clew", "--window", "1999", "--undated", "drop", "--apply")
    assert json.loads(clew("show", "a.clew", "--json").stdout)["digest"] != before["digest"]
    clew("undo", "a.clew")
    assert json.loads(clew("show", "a.clew", "--json").stdout)["digest"] == before["digest"]
    clew("redo", "a.clew")
    clew("undo", "a.clew")
    assert json.loads(clew("check", "a.clew", "--json").stdout)["fault"] == ""
    assert json.loads(clew("replay", "a.clew", "--json").stdout)["same"]
    for name in ("a.jsonl", "a.csv", "a.svg", "a.png"):
        clew("export", "a.clew", name)
    assert "Prune" in clew("history", "a.clew").stdout


def test_a_saved_reply_is_read(clew: Clew) -> None:
    """A retired provider's saved JSON becomes dated, sourced links, and replays."""
    row = {"recordType": "A", "resolve": "192.0.2.7", "firstSeen": "2013-01-02 00:00:00",
           "lastSeen": None, "source": "riskiq"}  # fmt: skip
    saved = clew.home.parent / "saved.json"  # type: ignore[attr-defined]
    saved.write_text(json.dumps({"results": [row], "totalRecords": 1}), "utf-8")
    clew("new", "s.clew")
    clew("add", "s.clew", "x.example")
    words = ("run", "s.clew", "passivetotal.name_to_addresses", "x.example", "--reply")
    assert json.loads(clew(*words, str(saved), "--json").stdout)[0]["done"] == 1
    link = json.loads(clew("explain", "s.clew", "192.0.2.7", "--json").stdout)["links"][0]
    assert (link["first"], link["last"], link["collectors"]) == (
        "2013-01-02", "unknown", ["riskiq"],
    )  # fmt: skip
    assert json.loads(clew("replay", "s.clew", "--json").stdout)["same"]


def test_graphs_are_merged(clew: Clew) -> None:
    """Two graphs become one, with the overlap told."""
    clew("new", "m.clew")
    clew("add", "m.clew", "192.0.2.1", "a.example", "--graph", "one")
    clew("add", "m.clew", "192.0.2.1", "b.example", "--graph", "two")
    told = json.loads(clew("merge", "m.clew", "one", "two", "--json").stdout)
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
    folder = clew.home  # type: ignore[attr-defined]
    (folder / "types").mkdir(parents=True, exist_ok=True)
    (folder / "types" / "own.yaml").write_text(own, "utf-8")
    clew("new", "own.clew")
    added = json.loads(clew("add", "own.clew", "badge-number: b-1234", "--json").stdout)["added"]
    assert added == [{"type": "badge-number", "value": "B-1234"}]
    assert "badge-number" in clew("show", "own.clew").stdout


def test_catalogues(clew: Clew) -> None:
    """Providers and transforms are listed, renamed and retired ones with their successor."""
    providers = json.loads(clew("providers", "--json").stdout)["providers"]
    retired = next(one for one in providers if one["name"] == "passivetotal")
    assert (retired["status"], retired["successor"]) == ("retired", "defender-ti")
    found = json.loads(clew("transforms", "--type", "file", "--json").stdout)
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
    data = json.loads(done.stdout)
    assert data["merged"] == {"entities": 105, "links": 185}
    assert data["overlap"]["entities"] == 39


def test_a_demo_with_a_provider_down_keeps_the_rest(clew: Clew) -> None:
    """A provider that only answers HTML costs its steps, not the others; it ends as partial."""
    done = clew(
        "demo", "--headless", "--case", "tendrit", "--out", "bad",
        "--misbehave", "passivetotal:html", code=3,
    )  # fmt: skip
    assert "no JSON" in done.stdout
    assert json.loads(clew("check", "bad/tendrit.clew", "--json").stdout)["good_entries"] > 10
