"""Markings that stand around a file's content: its name, comments, heads, properties, footers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from clew.errors import InvalidValue
from clew.interop.archive import read_archive
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.model.marking import UNMARKED, Marking, strictest
from clew.model.marking_text import marking_mentions
from clew.model.provenance import Provenance

MEMBER_BYTES_MAX = 1_000_000
"""How much of each member, and of a mail's head, is looked at."""
PIECE_BYTES = 4 * 1024 * 1024
_WORKBOOK = b"xl/workbook.xml"
_MAIL_HEADS = (b"From: ", b"Received: ", b"Return-Path: ", b"X-", b"Date: ", b"Subject: ")
_COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)
_META = re.compile(rb"<meta\b([^>]{0,2000})>", re.IGNORECASE)
_SHOWN = re.compile(rb"""\b(?:alt|title|aria-label)\s*=\s*["']([^"']{0,500})""", re.IGNORECASE)
_SIGN = re.compile(rb"""["'\s](?:name|property|content)\s*=""", re.IGNORECASE)
_FOOT = re.compile(rb"<(?:\w+:)?headerFooter\b.*?</(?:\w+:)?headerFooter>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_CODE = re.compile(rb"&amp;[A-Z]")
_ASIDE = re.compile(r"(?:docProps/|xl/(?:threadedC|c)omments|xl/drawings/).*\.xml", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def mark_by_surroundings(
    graph: ExchangeGraph, data: bytes, *, name: str = ""
) -> list[ImportProblem]:
    """
    Mark all of a file's graph by what stands around its content, and tell that.

    Args:
        graph: The graph; its provenance is raised in place.
        data: The file's bytes, unpacked.
        name: Its name; empty where it has none.
    """
    marking, problems = UNMARKED, []
    for where, text in _texts(data, name):
        for one in marking_mentions(text):
            stricter = strictest((marking, one.marking))
            if stricter != marking:
                marking = stricter
                reason = f"all of the file is marked {stricter}"
                reason = f"{one.fault}: {reason}" if one.fault else reason
                problems.append(ImportProblem(where, one.words, reason))
    if marking != UNMARKED:
        graph.provenance = tuple(_raised(one, marking) for one in graph.provenance)
    return problems


def _raised(one: Provenance, marking: Marking) -> Provenance:
    pap = max(one.pap or 0, int(marking.pap))
    return msgspec.structs.replace(
        one, tlp=max(one.tlp, int(marking.tlp)), pap=pap or msgspec.UNSET
    )


def _texts(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Where each text around the content stands, and the text."""
    if name:
        yield "name of the file", name
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK\x03\x04") and _WORKBOOK in data:
        yield from _members(data)
    elif head.startswith(b"<"):
        for found in _COMMENT.finditer(data):
            yield "comment", _decoded(found[1])
        for found in _matches(data, _META, (b"<meta",)):
            yield "meta", _decoded(_SIGN.sub(b" ", found[1]))
        for found in _matches(data, _SHOWN, (b"alt", b"title", b"aria-label")):
            yield "label", _decoded(found[1])
    elif head.startswith(
        (b"From: ", b"Received: ", b"Return-Path: ", b"X-", b"Date: ", b"Subject")
    ):
        yield "head", _decoded(re.split(rb"\r?\n\r?\n", data[:MEMBER_BYTES_MAX], maxsplit=1)[0])


def _matches(
    data: bytes, pattern: re.Pattern[bytes], words: tuple[bytes, ...]
) -> Iterator[re.Match[bytes]]:
    """
    The matches of a pattern that begins with one of some words, in lower case here.

    Looking for the words in pieces is twenty times as fast as the pattern in any case of letters.
    """
    overlap = max(map(len, words)) - 1
    for start in range(0, len(data), PIECE_BYTES):
        piece = data[start : start + PIECE_BYTES + overlap].lower()
        places = set()
        for word in words:
            at = piece.find(word)
            while at >= 0:
                places.add(start + at)
                at = piece.find(word, at + 1)
        for place in sorted(places):
            if place < start + PIECE_BYTES and (found := pattern.match(data, place)):
                yield found


def _members(data: bytes) -> Iterator[tuple[str, str]]:
    """Properties, comments, drawings and footers of a workbook."""
    try:
        members, _ = read_archive(data)
    except InvalidValue:
        # What of an archive can't be read was told by its reader.
        return
    for name, part in members.items():
        if _ASIDE.fullmatch(name):
            yield name, _decoded(_TAG.sub(b" ", part[:MEMBER_BYTES_MAX]))
        elif _SHEET.fullmatch(name):
            for found in _FOOT.finditer(part):
                yield name, _decoded(_CODE.sub(b" ", _TAG.sub(b" ", found[0])))


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")
