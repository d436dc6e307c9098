"""The how-to pages' plug-ins, as a stranger would write them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clew.schema.registry import catalogue
from clew.schema.user_types import read_user_types
from documentation.scratch import PAGES, ROOT, ScratchCopy

ASKED = """
import clew
from clew.cli.app import command_line
with clew.create("x.clew") as case:
    case.add("https://a.example/1 https://a.example/2")
    case.run("local.url_to_host", case.entities("main").filter(type="url"))
    print(case.cut_points(graph="main")["pieces"].to_list())
for words in (["--json"], ["--graph", "main"]):
    print("---")
    command_line()(["cut-points", "x.clew", *words], standalone_mode=False)
"""


class PlugIn:
    """A page's module and its test as an installed package of a folder."""

    def __init__(self, folder: Path, page: str, name: str, group: str, entry: str) -> None:
        text = (PAGES / page).read_text("utf-8")
        self.module, test = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        self.folder, self._name = folder, name
        (folder / f"{name}.py").write_text(self.module, "utf-8")
        (folder / f"test_{name}.py").write_text(test, "utf-8")
        assert f'[project.entry-points."{group}"]\n{entry} = "{name}"' in text
        declare(folder, group, entry, name)

    def python(self, *arguments: str) -> str:
        """What a run of the interpreter in the package's folder writes."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.folder, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(self.folder), "CLEW_KEYRING": "no"},
        )  # fmt: skip
        return done.stdout + done.stderr

    def tested(self) -> str:
        """What its own test says."""
        return self.python("pytest", "-q", "-p", "no:cacheprovider", f"test_{self._name}.py")


def declare(folder: Path, group: str, entry: str, module: str) -> None:
    """An installed distribution of a folder, with one entry point."""
    info = folder / f"{entry.replace('-', '_')}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {entry}\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{entry} = {module}\n")


def test_a_transform_is_added(tmp_path: Path) -> None:
    """The transform is under 20 lines, its test passes, and ``clew transforms`` lists it."""
    plug_in = PlugIn(
        tmp_path, "write-a-transform.md", "weather_pdns", "clew.providers", "weather-pdns"
    )
    body = plug_in.module[plug_in.module.index("@transform") :].strip().splitlines()
    assert len(body) < 20
    assert "1 passed" in plug_in.tested()
    listed = plug_in.python("clew.cli.app", "transforms", "--json")
    assert "weather-pdns.name_to_addresses" in listed


def test_a_format_is_added(tmp_path: Path) -> None:
    """Its tests pass, ``clew formats`` lists it, and files are read and written by it."""
    plug_in = PlugIn(tmp_path, "add-a-format.md", "hosts_file", "clew.formats", "hosts")
    tested = plug_in.tested()
    assert "3 passed" in tested, tested
    listed = {one["name"]: one for one in json.loads(plug_in.python("clew.cli.app", "formats",
                                                                    "--json"))}  # fmt: skip
    assert listed["hosts"]["reads"]
    assert listed["hosts"]["writes"]
    (tmp_path / "given.txt").write_text("192.0.2.1 a.example.org b.example.org\n")
    told = json.loads(plug_in.python("clew.cli.app", "convert", "given.txt", "out.hosts", "--json"))
    assert (told["format"], told["entities"], told["links"]) == ("hosts", 3, 2)
    assert "192.0.2.1 b.example.org" in (tmp_path / "out.hosts").read_text()


def test_a_format_comes_with_the_program(copy: ScratchCopy) -> None:
    """The same module in a room of its own keeps its promise over any graph, and is clean."""
    text = (PAGES / "add-a-format.md").read_text("utf-8")
    module, _ = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    room = copy.folder / "src/clew/interop/hosts"
    room.mkdir()
    (room / "__init__.py").write_text('"""Hosts files."""\n', "utf-8")
    (room / "formats.py").write_text(module, "utf-8")
    declare(copy.folder / "src", "clew.formats", "hosts", "clew.interop.hosts.formats")
    assert copy.code_faults("src/clew/interop/hosts") == ""
    of_all = ROOT / "tests/interop/test_formats.py"
    tested = copy.python("pytest", "-p", "no:cacheprovider", str(of_all), "-k", "hosts or bundled")
    assert "2 passed" in tested, tested


@pytest.fixture
def copy(tmp_path: Path) -> ScratchCopy:
    """A copy of the sources that a page may add to."""
    return ScratchCopy(tmp_path)


class ExtendedCopy(ScratchCopy):
    """A copy to which two pages were followed that add to the page of the workbench."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.question = self.follow("ask-a-new-question.md")
        self.command = self.follow("add-a-page-command.md")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> ExtendedCopy:
    """A copy with a question and a command of the page; both live beside each other."""
    return ExtendedCopy(tmp_path_factory.mktemp("extended"))


def test_a_question_is_added(extended: ExtendedCopy) -> None:
    """Its test passes; the terminal, Python and a playbook answer."""
    saved, added = extended.question
    assert [path for path in saved if not path.startswith("tests/")] == [
        "src/clew/analysis/cut_points.py",
        "src/clew/questions/cut_points.py",
        "cut.yaml",
        "web/src/panels/cut-points.tsx",
    ]
    assert sum(len(lines.splitlines()) for _, _, lines in added) < 20
    tested = extended.python("pytest", "-q", "-p", "no:cacheprovider", "tests")
    assert "1 passed" in tested, tested
    extended.python("clew.api.source", "src/clew/api")
    (extended.folder / "asked.py").write_text(ASKED)
    frame, record, table = extended.python("asked").split("---\n")
    assert frame == "[2]\n"
    found = json.loads(record)
    assert [(one["value"], one["pieces"]) for one in found["entities"]] == [("a.example", 2)]
    assert "a[.]example" in table
    playbook = saved["cut.yaml"].replace("merged", "main")
    (extended.folder / "cut.yaml").write_text(playbook, "utf-8")
    assert "holding: 1 entities" in extended.python("clew.cli.app", "play", "x.clew", "cut.yaml")
    (example,) = re.findall(r"```py\n(.*?)```", page_text("ask-a-new-question.md"), re.DOTALL)
    example = example.replace("/tmp/pitty-tiger.clew", "x.clew").replace("merged", "main")
    (extended.folder / "example.py").write_text(example, "utf-8")
    assert "a.example" in extended.python("example")
    assert extended.code_faults("src/clew/analysis", "src/clew/questions") == ""


def test_a_command_of_the_page_is_added(extended: ExtendedCopy) -> None:
    """Its function passes its test; the records of both have what commands have."""
    tested = extended.test_page("src/graph/shared-neighbours.test.ts", "src/commands")
    assert "failed" not in tested, tested
    assert "passed" in tested, tested


def test_what_is_added_to_the_page_passes_its_checks(extended: ExtendedCopy) -> None:
    """Panel and command compile with the types of the new question; format and lint are clean."""
    extended.page_types()
    files = {one for page in (extended.question, extended.command) for one in files_of_page(*page)}
    assert "src/panels/cut-points.tsx" in files
    assert extended.page_faults(*sorted(files)) == ""


def test_a_type_is_added_in_yaml(copy: ScratchCopy) -> None:
    """The page's YAML is read whole, and a pasted value is one, in its canonical form."""
    text = (PAGES / "add-an-entity-type.md").read_text("utf-8")
    (declared,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert read_user_types(declared, catalogue())[1] == ()
    types = copy.folder / "home" / "types"
    types.mkdir(parents=True)
    (types / "coins.yaml").write_text(declared, "utf-8")
    copy.python("clew.cli.app", "new", "coins.clew")
    copy.python("clew.cli.app", "add", "coins.clew", "C1ABCDEFGH")
    shown = copy.python("clew.cli.app", "show", "coins.clew")
    assert "coin-address" in shown
    assert "c1abcdefgh" in shown


def test_a_type_is_added_in_python(tmp_path: Path) -> None:
    """The page's class passes its own test."""
    text = (PAGES / "add-an-entity-type.md").read_text("utf-8")
    module, test = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "software_package.py").write_text(module, "utf-8")
    (tmp_path / "test_software_package.py").write_text(test, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert "5 passed" in done.stdout, done.stdout


def test_a_provider_is_bundled(copy: ScratchCopy) -> None:
    """Provider and replica pass their tests, and the terminal lists the transform."""
    copy.follow("bundle-a-provider.md")
    text = (PAGES / "bundle-a-provider.md").read_text("utf-8")
    name, module = re.findall(r'^([\w-]+) = "(clew\.providers\.\w+)"$', text, re.MULTILINE)[0]
    declare(copy.folder / "src", "clew.providers", name, module)
    tested = copy.python("pytest", "-q", "-p", "no:cacheprovider", "tests")
    assert "2 passed" in tested, tested
    assert "weather-pdns.name_to_addresses" in copy.python("clew.cli.app", "transforms", "--json")


def page_text(name: str) -> str:
    """A how-to page."""
    return (PAGES / name).read_text("utf-8")


def files_of_page(saved: dict[str, str], added: list[tuple[str, str, str]]) -> list[str]:
    """The page's files that a how-to made or changed, as they are named in its folder."""
    paths = {*saved, *(path for path, _, _ in added)}
    return sorted(path.removeprefix("web/") for path in paths if path.startswith("web/"))
