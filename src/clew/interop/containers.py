"""Files that are known and hold no graph of their own: investigations, and other archives."""

from __future__ import annotations

from typing import NoReturn

from clew.errors import InvalidValue
from clew.interop.archive import read_archive
from clew.interop.format import Confidence, Format
from clew.interop.sample import FileSample


def sniff_investigation(sample: FileSample) -> Confidence | None:
    """A database of SQLite, as investigations are."""
    return Confidence.CERTAIN if sample.raw.startswith(b"SQLite format 3\0") else None


def sniff_archive(sample: FileSample) -> Confidence | None:
    """A ZIP that no other format knows."""
    return Confidence.FALLBACK if sample.is_archive else None


def _refuse_investigation(*_: object) -> NoReturn:
    raise InvalidValue(
        "file of a graph", "", "it is an investigation of Clew; open it, or convert it"
    )


def _refuse_archive(data: bytes, *_: object) -> NoReturn:
    # What is damaged or has a password is told as that.
    read_archive(data)
    raise InvalidValue(
        "file of a graph", "", "it is a ZIP that holds no format that is read; unpack it first"
    )


INVESTIGATION = Format(
    name="clew",
    label="Clew investigation",
    extensions=(".clew",),
    sniff=sniff_investigation,
    read=_refuse_investigation,
    holds_graph=False,
)
ARCHIVE = Format(
    name="archive",
    label="ZIP archive",
    extensions=(".zip",),
    sniff=sniff_archive,
    read=_refuse_archive,
    holds_graph=False,
)
