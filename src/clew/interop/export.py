"""Writing a graph as a file beside its investigation, by the name of the format."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from clew.errors import FileFault, InvalidValue, UnknownName
from clew.graph.view import View
from clew.interop.csv import write_csv
from clew.interop.jsonl import write_jsonl

WRITERS: dict[str, Callable[[View], bytes]] = {"csv": write_csv, "jsonl": write_jsonl}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}")


def write_export(view: View, kind: str, name: str, *, folder: Path) -> str:
    """
    Write a view into *folder* and give the file's name; an earlier file is not overwritten.

    Raises:
        UnknownName: No such format.
        InvalidValue: The name could be a path, or would be a hidden file.
        FileFault: It can't be written.
    """
    writer = WRITERS.get(kind)
    if writer is None:
        raise UnknownName("format", kind, known=tuple(WRITERS))
    if not NAME.fullmatch(name):
        raise InvalidValue("name of a file", name, "it may hold letters, digits, space, . _ and -")
    stem = name.removesuffix(f".{kind}")
    for number in range(1, 1_000):
        path = folder / f"{stem}{f' {number}' if number > 1 else ''}.{kind}"
        try:
            with path.open("xb") as file:
                file.write(writer(view))
        except FileExistsError:
            continue
        except OSError as error:
            raise FileFault(path, f"it can't be written: {error.strerror}") from error
        return path.name
    raise FileFault(folder / stem, "there are too many of that name")
