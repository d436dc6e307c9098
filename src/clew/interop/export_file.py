"""Writing a graph as a file beside its investigation."""

from __future__ import annotations

import re
from pathlib import Path

from clew.errors import FileFault, InvalidValue
from clew.interop.formats import formats

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}")


def write_export(data: bytes, kind: str, name: str, *, folder: Path) -> str:
    """
    Write a file of a format into *folder* and give its name; an earlier file is not overwritten.

    Raises:
        UnknownName: No such format.
        InvalidValue: The name could be a path, or would be a hidden file.
        FileFault: It can't be written.
    """
    ending = formats().named(kind).extension
    if not NAME.fullmatch(name):
        raise InvalidValue("name of a file", name, "it may hold letters, digits, space, . _ and -")
    stem = name.removesuffix(ending)
    for number in range(1, 1_000):
        path = folder / f"{stem}{f' {number}' if number > 1 else ''}{ending}"
        try:
            file = path.open("xb")
        except FileExistsError:
            continue
        except OSError as error:
            raise FileFault(path, f"it can't be written: {error.strerror}") from error
        try:
            with file:
                file.write(data)
        except OSError as error:
            # The name was free, so what stands there is our own half.
            path.unlink(missing_ok=True)
            raise FileFault(path, f"it can't be written: {error.strerror}") from error
        return path.name
    raise FileFault(folder / stem, "there are too many of that name")
