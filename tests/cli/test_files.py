"""Other tools' files through the command line, as a person would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from clew.cli.app import app

CSV = b'Domain,Relevant resolution,Relevant date\na.example,192.0.2.1,"March 3rd, 2015"\n'
ODD = b"left,right,when\na.example,192.0.2.1,2015-03-03\nb.example,192.0.2.2,2015-03-04\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEW_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def clew(*words: str, code: int = 0) -> Result:
    """A command's result, with the exit code that it must have."""
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done


def told(*words: str) -> Any:
    """What a command prints as JSON."""
    return json.loads(clew(*words, "--json").stdout)


def test_import_export_and_convert(tmp_path: Path) -> None:
    """Files come in by their content; the graph leaves in other formats, which say what is lost."""
    (tmp_path / "named.wrongly").write_bytes(CSV)
    (tmp_path / "bad.json").write_bytes(b'{"type":"bundle","objects":[')
    said = told("import", "named.wrongly", "--into", "x.clew")
    assert [(one["format"], one["entities"], one["links"]) for one in said["files"]] == [
        ("csv", 2, 1)
    ]
    assert clew("import", "bad.json", "--into", "x.clew", code=1).output
    both = ("import", "bad.json", "named.wrongly", "--into", "x.clew", "--preview", "--json")
    assert "error" in json.loads(clew(*both, code=3).stdout)["files"][0]
    clew("export", "x.clew", "x.stix")
    assert "no room for" in clew("export", "x.clew", "x.cof").output
    said = told("convert", "x.stix", "x.mtgx")
    assert (said["format"], said["entities"], said["to"]) == ("stix", 2, "x.mtgx")
    assert "full provenance" in said["lost"]
    said = told("convert", "x.clew", "y.clew")
    assert told("show", "y.clew")["graphs"] == told("show", "x.clew")["graphs"]
    clew("export", "x.clew", "x.doc", code=1)
    assert {one["name"] for one in told("formats")} >= {"stix", "misp", "mtgx", "csv"}


def test_a_mapping_is_saved_and_found(tmp_path: Path) -> None:
    """A proposal can be changed, and is taken for the next table with its header."""
    (tmp_path / "odd.csv").write_bytes(ODD)
    clew("columns", "odd.csv", "--to", "m.json")
    mapping = json.loads((tmp_path / "m.json").read_text())
    mapping["links"] = [{"source": 0, "type": "hosted-on", "target": 1, "dated": True}]
    mapping["columns"][2] = {"title": "when", "role": "date"}
    (tmp_path / "m.json").write_text(json.dumps(mapping))
    clew("columns", "odd.csv", "--mapping", "m.json", "--save")
    clew("import", "odd.csv", "--into", "x.clew")
    assert "hosted-on" in clew("explain", "x.clew", "a.example").output
    assert "2015-03-03" in clew("explain", "x.clew", "a.example").output


def test_files_are_told_for_people(tmp_path: Path) -> None:
    """What came, what was left out with its place, cut lists, and what a format can't hold."""
    rows = "".join(f"ip-address,nowhere {n}\n" for n in range(25))
    (tmp_path / "odd.csv").write_text(f"type,value\ndomain-name,a.example\n{rows}")
    shown = clew("import", "odd.csv", "--into", "x.clew").output
    assert "Read, in x.clew, graph main" in shown
    assert "Problems of" in shown
    assert "20 of 25 shown" in shown
    (tmp_path / "good.csv").write_bytes(CSV)
    assert "would come" in clew("import", "good.csv", "--into", "y.clew", "--preview").output
    assert not (tmp_path / "y.clew").exists()
    clew("convert", "good.csv", "z.clew")
    shown = clew("convert", "z.clew", "z.cof").output
    assert "written to z.cof" in shown
    assert "no room for" in shown
    assert "there already" in str(clew("convert", "good.csv", "z.clew", code=1).exception)


def test_standard_streams_are_files_too(tmp_path: Path) -> None:
    """``-`` reads and writes; what is told goes to standard error, so that the bytes stay whole."""
    run = CliRunner()
    assert run.invoke(app, ["import", "-", "--into", "x.clew"], input=CSV).exit_code == 0
    assert "standard input" in clew("history", "x.clew").output
    done = run.invoke(app, ["export", "x.clew", "-", "--format", "csv"])
    assert done.stdout_bytes.startswith(b"source")
    assert "bytes." in done.stderr
    done = run.invoke(app, ["convert", "-", "-", "--to", "jsonl"], input=CSV)
    assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())
    assert "192.0.2.1" in done.stdout
    done = run.invoke(app, ["columns", "-", "--json"], input=CSV)
    assert (json.loads(done.stdout)["rows"], json.loads(done.stdout)["problems"]) == (1, 0)


def test_formats_are_listed_for_people() -> None:
    """Name, what it is, and the endings that are written."""
    shown = clew("formats").output
    assert all(one["name"] in shown for one in told("formats"))
    assert ".stix" in shown


def test_what_has_no_columns_is_refused(tmp_path: Path) -> None:
    """A file that is no table is named with what it is."""
    (tmp_path / "b.json").write_bytes(b'{"type":"bundle","id":"bundle--1","objects":[]}')
    assert "stix, by its content" in str(clew("columns", "b.json", code=1).exception)
