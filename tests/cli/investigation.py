"""A small investigation with dates, states, notes and two graphs, made without asking anyone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import observed
from clew.model.change import Note
from clew.schema.value import Value
from clew.workbench import Workbench

MAIN = (
    "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-06-30 by dnsdb from one,two",
    "b.example -resolves-to-> 192.0.2.1 @2013-03-01..2013-09-30 by census",
    "b.example -resolves-to-> 192.0.2.2 @2014-01-01..open by dnsdb",
    "c.example -resolves-to-> 192.0.2.2 @?..2014-05-01 by census",
    "192.0.2.2 is sinkhole @2014-02-01..open by census",
    "a.example has registrar=Example_Registrar @2012-01-01..2013-01-01 by census",
)
OTHER = (
    "a.example -resolves-to-> 192.0.2.1 @2013-02-01..2013-07-31 by census",
    "d.example -resolves-to-> 198.51.100.7 @2013-02-01..2013-07-31 by census",
)
LINK = "o2.l1"
"""The first claim of a link: that a.example had 192.0.2.1."""


@cache
def _bytes() -> bytes:
    """The file's bytes; each is a copy of one."""
    with TemporaryDirectory() as folder:
        return _made(Path(folder) / "a.clew").read_bytes()


def make_investigation(file: Path) -> Path:
    """The file, with the graphs *main* and *other*, and a note on a.example."""
    file.write_bytes(_bytes())
    return file


def _made(file: Path) -> Path:
    with Workbench.create(file, {"CLEW_KEYRING": "no", "CLEW_HOME": str(file.parent)}) as bench:
        bench.case.append([observed(*MAIN, at=1, reply="ab" * 32)])
        bench.case.append([observed(*OTHER, graph="other", at=2)])
        noted: Value = bench.catalogue.value("domain-name", "a.example")
        bench.decide(Note("looked at", noted.id), label="Note")
    return file
