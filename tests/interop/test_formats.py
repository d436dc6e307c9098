"""The table of formats: each is whole, and all of the shared files are read."""

from __future__ import annotations

import pytest
from hypothesis import given

from clew.errors import ClewError, InvalidValue
from clew.interop.carried import Carried
from clew.interop.cof.records import left_out
from clew.interop.formats import FORMATS, format_for, format_named
from clew.interop.importing import read_file
from clew.interop.parts import ALL, LABELS, Carries, Part, content, lost
from clew.interop.sniff import sniff
from clew.schema.registry import catalogue
from interop.graphs import carried_graphs
from shared import shared_files

SETS = ("stix", "campaigns-citizenlab", "openioc", "ioc-texts", "pdns-tables", "whois-corpus")
WRITTEN = [form for form in FORMATS if form.writes]


def read(data: bytes, kind: str = "") -> Carried:
    """The graph of a file."""
    return read_file(data, catalogue(), run="0" * 32, learnt=1, kind=kind).carried


@pytest.mark.parametrize("name", SETS)
def test_every_shared_file_is_read(name: str) -> None:
    """Each real file is read without a crash, and nearly all of them have entities."""
    files = shared_files(f"data/{name}", "**/*")
    empty = []
    for path in files:
        data = path.read_bytes()
        try:
            imported = read_file(data, catalogue(), run="0" * 32, learnt=1)
        except InvalidValue:
            # What holds nothing at all is refused in words.
            empty.append(path.name)
            continue
        assert all(one.reason for one in imported.problems)
        if not imported.carried.entities():
            empty.append(path.name)
    # Answers that say only that there is no such domain, or that hold no name.
    assert len(empty) <= len(files) // 20, empty


@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: form.name)
@given(carried=carried_graphs())
def test_what_a_format_says_it_carries_comes_back(form: object, carried: Carried) -> None:
    """Written, known by its content, and read again: just what the page says is there."""
    assert isinstance(form, type(FORMATS[0]))
    if form.name == "cof" and (left_out(carried) or not content(carried, form.keeps())["links"]):
        # Links that are no DNS records are counted; a file of none is refused.
        return
    data = form.writer()(carried)
    keeps = form.keeps()
    before = content(carried, keeps)
    if form.reads and before["entities"]:
        assert sniff(data) in (form.name, "csv" if form.name == "tsv" else form.name)
    again = read(data, form.name if form.reads else "csv")
    assert content(again, keeps) == before


@given(carried_graphs())
def test_what_would_be_lost_is_said(carried: Carried) -> None:
    """A format that carries all loses nothing; one without a part says so where there is some."""
    assert lost(carried, Carries(ALL)) == []
    noted = LABELS[Part.NOTES] in lost(carried, Carries(ALL & ~Part.NOTES))
    assert noted == bool(carried.notes)
    tagged = LABELS[Part.TAGS] in lost(carried, Carries(ALL & ~Part.TAGS))
    assert tagged == bool(carried.tags)
    linked = bool(lost(carried, Carries(ALL, links=frozenset())))
    assert linked == bool(carried.block.links.height)


def test_endings_choose_the_format() -> None:
    """The longest ending of a name counts; unknown ones are told with those that are known."""
    told = {"a.json": "stix", "a.misp.json": "misp", "A.MTGX": "mtgx", "a.cof.ndjson": "cof",
            "a.ndjson": "jsonl", "a.tab": "tsv"}  # fmt: skip
    assert {name: format_for(name).name for name in told} == told
    with pytest.raises(InvalidValue, match=r"\.mtgx"):
        format_for("a.doc")
    with pytest.raises(ClewError):
        format_named("tsv").reader()
    with pytest.raises(ClewError):
        format_named("mtgl").writer()
