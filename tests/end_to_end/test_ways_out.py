"""Marks × ways out: whatever marks a fact, it leaves by no way out that does not name it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from builders import whole
from clew.api.case import Case
from clew.interop.formats import formats
from clew.interop.picture.drawing import drawing_of
from clew.interop.picture.png import png
from clew.model.marking import TLP
from clew.playbook.record import record
from clew.service.describe import description
from clew.service.trx.results import run_results
from clew.transform.provider import Contact
from clew.workbench import Workbench
from cli.command import Clew
from end_to_end.ways_out import (
    BY_HAND,
    FILE,
    HELD,
    OPEN,
    downloads,
    forms,
    held_in,
    held_in_file,
    methods_that_give_text,
    strict_case,
    verbs_that_name_files,
)
from service.page import served

pytestmark = pytest.mark.assurance("marks")

QUIET = {"CLEW_KEYRING": "no", "CLEW_MARKING_CEILING": "TLP:AMBER+STRICT"}
"""The settings let more leave than the case does: what the case says counts."""
ENDINGS = ("html", "md", "pdf", "svg", "png", "clew", "yaml", "stix", "csv", "out")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return strict_case(tmp_path_factory.mktemp("strict"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copy(made, tmp_path / FILE)
    return tmp_path


@pytest.fixture
def bench(folder: Path) -> Iterator[Workbench]:
    with Workbench.open(folder / FILE, {**QUIET, "HOME": str(folder)}) as opened:
        yield opened


def writers() -> list[str]:
    return [one.name for one in formats().of_graphs if one.write is not None]


def test_the_case_has_every_form(bench: Workbench) -> None:
    """All that may not leave is there, and leaves where TLP:RED is named."""
    values = {one.value for one in bench.view().entity_records()}
    assert {f"held{number}.example.org" for number in range(len(forms()) + BY_HAND)} <= values
    assert len(forms()) >= 25 + 15
    part = bench.shareable("main", TLP.RED)
    assert not part.kept_back
    left = bench.shareable("main").view.entity_records()
    assert OPEN in {one.value for one in left}


@pytest.mark.parametrize("kind", writers())
def test_files_of_every_format(bench: Workbench, folder: Path, kind: str) -> None:
    """Nothing marked is in a file by default, and it is told; named, all of it leaves."""
    exchange = bench.export_graph("main", kind)
    data = formats().writer(kind)(exchange)
    assert held_in(data) == set()
    assert exchange.kept_back.entities >= len(forms())
    name, told = bench.export_file("main", kind, "out")
    assert held_in((folder / name).read_bytes()) == set()
    assert told.startswith("Kept back, marked stricter than TLP:AMBER: ")
    named = formats().writer(kind)(bench.export_graph("main", kind, ceiling=TLP.RED))
    assert held_in(named)


def test_every_verb_that_writes_a_file(folder: Path) -> None:
    """Each verb that takes a case and another path is run with every ending; no file betrays."""
    wrote: set[str] = set()
    for words, _, option in verbs_that_name_files():
        for ending in ENDINGS:
            # A folder of its own each time: what is in it afterwards is what the verb wrote.
            place = folder / "-".join((*words, option.strip("-"), ending))
            place.mkdir()
            shutil.copy(folder / FILE, place / FILE)
            run = [*words, FILE, *([option] if option else []), f"out.{ending}"]
            try:
                Clew(place, QUIET)(*run)
            except AssertionError:
                continue
            for file in place.rglob("*"):
                if file.is_file() and file.name.startswith("out"):
                    assert held_in_file(file, folder / FILE) == set(), (run, file)
                    wrote.add(words[0])
    assert wrote >= {"export", "convert", "report", "record", "backup"}


def test_the_picture_is_of_what_may_leave(bench: Workbench, folder: Path) -> None:
    """A picture in pixels is the one of the graph without what is held."""
    Clew(folder, QUIET)("export", FILE, "out.png", "-g", "main")
    view = bench.view("main")
    loose = bench.shareable("main").view
    names = [one.value for one in view.entity_records()]
    stays = np.asarray([HELD.search(one) is None for one in names], np.bool_)
    stays &= np.isin(view.entities, loose.entities)
    links = np.isin(view.links, loose.links)
    links &= stays[view.source_places] & stays[view.target_places]
    drawn = replace(
        view, entities=view.entities[stays], links=view.links[links],
        sources=view.sources[links], targets=view.targets[links],
    )  # fmt: skip
    title = bench.title
    drawing = drawing_of(whole(drawn), bench.catalogue, title=title, subtitle="main")
    assert (folder / "out.png").read_bytes() == png(drawing)


def test_every_route_that_gives_bytes(folder: Path) -> None:
    """Each route whose answer is no JSON keeps what is marked, and says so in a header."""
    values: Mapping[str, str] = {"graph": "main", "format": "jsonl"}
    asked = 0
    with served(folder / FILE, {**QUIET, "HOME": str(folder)}) as page:
        for route, needed, media in downloads(json.loads(description())):
            method, path = route.split()
            query = "&".join(f"{name}={values[name]}" for name in needed)
            status, headers, body = page.raw(method, f"{path}?{query}")
            assert status == 200, (route, body)
            again = page.raw(method, f"{path}?{query}&ceiling=5")[2]
            if media == "image/png":
                assert body != again
            else:
                assert held_in(body) == set(), route
                assert held_in(again), route
            assert headers["clew-kept-back"].startswith("Kept back"), route
            asked += 1
        told = page.get("/graph/kept-back?graph=main")
        assert (told["ceiling"], told["notes"]) == (3, 1)
        shown = page.get("/case")
        assert (shown["ceiling"], shown["default_tlp"], shown["tlp"]) == (3, 2, 0)
        table = page.table("/graph/entities?graph=main")
        levels = dict(zip(table["value"].to_list(), table["level"].to_list(), strict=True))
        assert all(level > 3 for value, level in levels.items() if HELD.search(value))
        assert levels[OPEN] == 2
    assert asked >= 8
    recent = (folder / "home" / "recent.json").read_bytes()
    assert held_in(recent) == set()


def test_texts_and_files_of_a_notebook(bench: Workbench, folder: Path) -> None:
    """What a notebook keeps of a case, and what it writes, is what may leave."""
    case = Case(bench)
    assert {"picture", "_repr_svg_"} <= set(methods_that_give_text())
    for name in methods_that_give_text():
        assert held_in(getattr(case, name)().encode()) == set(), name
    assert held_in(case.picture("main", ceiling="RED").encode())
    told = case.export_file(folder / "n.stix")
    assert held_in((folder / "n.stix").read_bytes()) == set()
    assert told[-1].startswith("Kept back")


def test_recorded_playbooks(bench: Workbench) -> None:
    """A playbook of what was done names no value that may not leave, and counts them."""
    text, told = record(bench.case, bench.ceiling(), name="again")
    assert held_in(text.encode()) == set()
    assert OPEN in text
    assert told in text
    named, told = record(bench.case, bench.ceiling(TLP.RED), name="again")
    assert held_in(named.encode())
    assert told == ""


def test_answers_to_maltego(bench: Workbench) -> None:
    """What a run found goes to a client as far as it may leave; what stays is counted."""
    (run,) = bench.case.store.runs()
    view = bench.view("main")
    ids = {int(row): str(row) for row in view.entities}
    assert run_results(bench, run, after=0, asked=ids, graph="main", most=10_000) is not None
    found = run_results(bench, run, after=0, asked={}, graph="main", most=10_000)
    assert held_in(repr(found).encode()) == set()


def test_queries_to_providers(bench: Workbench) -> None:
    """No plan of a provider that is not of this machine looks a held name up."""
    rows = bench.view("main").entities
    planned = 0
    for id_, transform in sorted(bench.registry.transforms.items()):
        if bench.settings.contact(transform.provider) is Contact.LOCAL:
            continue
        made = bench.plan(id_, rows, {})
        assert not any(HELD.search(str(one.value)) for one in made.lookups), id_
        planned += bool(made.lookups)
    assert planned


def test_a_part_of_a_case(bench: Workbench, folder: Path) -> None:
    """A part that is handed over holds nothing of it, in no table."""
    entries, told = bench.write_part("main", folder / "part.clew")
    assert entries > 1
    assert told.startswith("Kept back")
    assert held_in_file(folder / "part.clew", folder / FILE) == set()
