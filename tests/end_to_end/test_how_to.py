"""The how-to pages' plug-ins, as a stranger would write them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "how-to"


class PlugIn:
    """A page's module and its test as an installed package of a folder."""

    def __init__(self, folder: Path, page: str, name: str, group: str, entry: str) -> None:
        text = (PAGES / page).read_text("utf-8")
        self.module, test = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        self.folder, self._name = folder, name
        (folder / f"{name}.py").write_text(self.module, "utf-8")
        (folder / f"test_{name}.py").write_text(test, "utf-8")
        info = folder / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {entry}\nVersion: 1\n")
        assert f'[project.entry-points."{group}"]\n{entry} = "{name}"' in text
        (info / "entry_points.txt").write_text(f"[{group}]\n{entry} = {name}\n")

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
