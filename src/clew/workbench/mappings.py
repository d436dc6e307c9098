"""Mappings of tables that were saved: one file each in the user's folder, found by the header."""

from __future__ import annotations

from collections.abc import Mapping as Table
from hashlib import blake2b
from pathlib import Path

from clew.engine.settings import home
from clew.errors import InvalidValue
from clew.interop.formats import formats
from clew.interop.gzip_file import gunzip
from clew.interop.table.mapping import Mapping, find_mapping, mapping_from_json, to_json
from clew.interop.table.sheet_files import read_cells
from clew.store.beside import write_beside

SAVED_MAX = 1_000
"""Most saved mappings that are looked at."""


def save_mapping(mapping: Mapping, environment: Table[str, str]) -> Path:
    """Keep a mapping for all tables with its header; an earlier one is replaced."""
    folder = home(environment) / "mappings"
    folder.mkdir(parents=True, exist_ok=True)
    name = blake2b("\0".join(mapping.signature).encode(), digest_size=8).hexdigest()
    path = folder / f"{name}.json"
    write_beside(path, to_json(mapping).encode())
    return path


def saved_mapping(data: bytes, environment: Table[str, str]) -> str:
    """The saved mapping of a file, as JSON; empty where it is no table, or none was saved."""
    paths = sorted((home(environment) / "mappings").glob("*.json"))[:SAVED_MAX]
    if not paths:
        return ""
    try:
        plain = gunzip(data)
        if formats().recognise(plain).format.read_mapped is None:
            return ""
        cells, _ = read_cells(plain)
    except InvalidValue:
        return ""
    saved = []
    for path in paths:
        try:
            saved.append(mapping_from_json(path.read_text("utf-8")))
        except (InvalidValue, OSError, UnicodeDecodeError):
            # A file that was damaged by hand is no mapping; the proposal stands then.
            continue
    found = find_mapping(cells, saved)
    return to_json(found) if found is not None else ""
