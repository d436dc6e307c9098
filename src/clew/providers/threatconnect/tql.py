"""ThreatConnect's query language: strings that can't break out, and the clauses that are asked."""

from __future__ import annotations

from typing import Any

from clew.schema.types import File
from clew.schema.value import Value

PAGE_ROWS = 1000
PAGED: dict[str, Any] = {"count": True, "resultStart": 0, "resultLimit": PAGE_ROWS}
"""Paging of every listing; the count comes with the first page only."""
_SPECIAL = frozenset("\\\"'`")


def quote_string(text: str) -> str:
    """A string of the language: in double quotes, special characters behind a backslash."""
    return '"' + "".join(f"\\{c}" if c in _SPECIAL else c for c in text) + '"'


def incidents_of(*, owner: str = "", name: str = "") -> str:
    """The clause for incidents of an owner, of exactly that name; all that is given counts."""
    clauses = ['typeName in ("Incident")']
    if owner:
        clauses.append(f"ownerName = {quote_string(owner)}")
    if name:
        clauses.append(f"summary = {quote_string(name)}")
    return " and ".join(clauses)


def indicator_is(value: Value) -> str:
    """The clause for the indicator of a value."""
    if isinstance(value, File):
        # One summary joins all hashes of a file, in upper case.
        return f'typeName in ("File") and summary contains {quote_string(value.upper())}'
    return f"summary = {quote_string(value)}"
