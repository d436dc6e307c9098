"""Every way out of Clew, found where ways out are registered, and a case that none may betray."""

from __future__ import annotations

import inspect
import io
import re
import typing
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import typer

from clew.api.case import Case
from clew.cli.app import app
from clew.commands.label import LabelRequest
from clew.commands.mark import MarkRequest
from clew.commands.note import NoteRequest
from clew.commands.set_ceiling import SetCeilingRequest
from clew.interop.importing import read_file
from clew.interop.text.file_text import text_of
from clew.workbench import Workbench
from interop.marked_files import FORMS, READERS, marked_file

OPEN = "open.example.org"
"""What nothing marks: it leaves."""
HELD = re.compile(r"held\d+")
"""What each form marks has a name like this."""
FILE = "case.clew"
BY_HAND = 3
"""How many names are marked by a person: by hand, by a tag, and over the case's own ceiling."""


def strict_case(folder: Path) -> Path:
    """A case that holds one entity for each form of a marking, and an open one; all were asked."""
    file = folder / FILE
    with Workbench.create(file, {"CLEW_KEYRING": "no", "HOME": str(folder)}) as bench:
        name = bench.catalogue.value
        linked = f"domain,ip\n{OPEN},192.0.2.99\n".encode()
        read = read_file(linked, bench.catalogue, run="f" * 32, learnt=1)
        bench.import_graph(read, linked, graph="main", label="Import")
        for number, data in enumerate(forms()):
            host = f"held{number}.example.org"
            marked = marked_file(data, host)
            read = read_file(marked, bench.catalogue, run=f"{number:032x}", learnt=1)
            bench.import_graph(read, marked, graph="main", label=f"Import {host}")
        by_hand = len(forms())
        for number in range(by_hand, by_hand + BY_HAND):
            bench.add([name("domain-name", f"held{number}.example.org")], graph="main", label="Add")
        _mark(bench, by_hand)
    return file


def _mark(bench: Workbench, first: int) -> None:
    """Mark by hand and by a tag, note what is secret, and ask about all names."""
    by_hand, tagged, over = (f"held{first + at}.example.org" for at in range(BY_HAND))
    bench.do(MarkRequest(tlp=5, entities=(by_hand,)))
    bench.do(LabelRequest(kind="tag", entities=(tagged,), text="tlp:red"))
    bench.do(MarkRequest(tlp=4, entities=(over,)))
    bench.do(SetCeilingRequest(ceiling=3))
    bench.do(NoteRequest(text="[TLP:RED] held999 is the victim"))
    rows = bench.view("main").entities
    names = rows[bench.view("main").type_flags("domain-name")]
    bench.run("local.listed", names, graph="main", settings={}, credits_max=0)


def forms() -> list[bytes]:
    """All forms that files have, as TLP:RED where a form can have several."""
    return [*(make("TLP:RED") for make in READERS.values()), *FORMS.values()]


def held_in(data: bytes) -> set[str]:
    """The names that may not leave and do, whatever the bytes are packed in."""
    return set(HELD.findall(_text(data)))


def _text(data: bytes) -> str:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(f"{one}\n{_text(archive.read(one))}" for one in archive.namelist())
    if data.startswith(b"%PDF-"):
        return text_of(data)
    if data.startswith(b"SQLite format 3\0"):
        raise AssertionError("an investigation is read by its path")
    return data.decode("utf-8", "replace")


def held_in_file(path: Path, source: Path) -> set[str]:
    """The same of a file; the investigation itself, copied whole, is not handed over by that."""
    data = path.read_bytes()
    if not data.startswith(b"SQLite format 3\0"):
        return held_in(data)
    if first_digest(path) == first_digest(source):
        return set()
    with Workbench.open(path, {"CLEW_KEYRING": "no"}, readonly=True) as bench:
        values = "\n".join(one.value for one in bench.view().entity_records())
    return set(HELD.findall(values)) | held_in(data[16:])


def first_digest(path: Path) -> bytes:
    """What identifies an investigation: the digest of the first entry of its log."""
    with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        return bytes(next(iter(connection.execute("SELECT digest FROM log WHERE seq=1")))[0])


def verbs_that_name_files() -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each verb of the command line that takes a file and another path: its words and option."""
    for words, callback in _verbs(app, ()):
        hints = typing.get_type_hints(callback, include_extras=True)
        paths = [
            (name, kind) for name, kind in hints.items() if _plain(kind) in (Path, Path | None)
        ]
        for name, kind in paths[1:]:
            told = next((one for one in typing.get_args(kind)[1:]), None)
            option = isinstance(told, typer.models.OptionInfo)
            yield words, name, next(iter(told.param_decls), f"--{name}") if option and told else ""


def _verbs(group: typer.Typer, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for one in group.registered_commands:
        assert one.callback is not None
        name = one.name or one.callback.__name__.replace("_", "-")
        yield (*words, name), one.callback
    for other in group.registered_groups:
        assert other.typer_instance is not None
        yield from _verbs(other.typer_instance, (*words, str(other.name)))


def _plain(kind: Any) -> Any:
    return typing.get_args(kind)[0] if hasattr(kind, "__metadata__") else kind


def downloads(description: Mapping[str, Any]) -> Iterator[tuple[str, list[str], str]]:
    """Each route that gives bytes to be kept: path, needed parameters, media type."""
    for path, methods in description["paths"].items():
        for method, one in methods.items():
            media = one["responses"].get("200", {}).get("content", {})
            kinds = set(media) - {"application/json", "text/event-stream"}
            kinds = {kind for kind in kinds if "arrow" not in kind}
            if kinds:
                needed = [it["name"] for it in one.get("parameters", ()) if it.get("required")]
                yield f"{method.upper()} {path}", needed, kinds.pop()


def methods_that_give_text() -> list[str]:
    """Methods of a case in Python whose answer is a text that a notebook keeps."""
    return [
        name
        for name, method in inspect.getmembers(Case, inspect.isfunction)
        if inspect.signature(method).return_annotation == "str"
    ]
