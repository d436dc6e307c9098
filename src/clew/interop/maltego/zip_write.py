"""Members of Maltego's files, put into an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NAME_LENGTH_MAX = 1_000
"""Longest name of a member, in code points."""
VERSION = {
    "maltego.client.version": "4.1.13.11516", "maltego.client.subtitle": "",
    "maltego.client.name": "Clew", "maltego.pandora.version": "1.4.2",
    "maltego.mtz.version": "1.0", "maltego.graph.version": "1.0",
}  # fmt: skip
"""The version of the client that writes this form; a client compares it with its own."""


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """An archive of these members, the same bytes each time."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return sink.getvalue()


def file_name(id_: str) -> str:
    """An id as the name of a file."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in id_)
    return plain.strip(".")[:200] or "_"


def free_name(taken: Mapping[str, bytes], path: str, ending: str) -> str:
    """A name for a member that is not taken: the path, with a number where it must."""
    name, number = f"{path}{ending}", 1
    while name in taken:
        number += 1
        name = f"{path}-{number}{ending}"
    return name


def is_safe(name: str) -> bool:
    """Whether a member of that name can stand beside ours and stays within its folder."""
    parts = name.replace("\\", "/").split("/")
    return (
        len(name) < NAME_LENGTH_MAX
        and name.isprintable()
        and not {"", "..", "."} & set(parts)
        and ":" not in parts[0]
        and not (parts[0] == "Graphs" and len(parts) == 2)
    )
