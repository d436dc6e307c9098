"""
Ten published texts beside answers that were written by reading them.

``answers/<name>.json`` holds, of one text of the shared data: its path, its SHA-256, which lines
were read (``every`` 8: the 8th, the 16th, ...) and each entity's type, first line and mark. The
mark stands for the canonical value, so that no list of hostile values is given on.

What was read: anything of the types below that the text names, legitimate or not. Names inside
addresses are not listed again; bare and relative file names, paths of requests and mail at
``localhost`` or at a bare IP address are none; a folder's last separator is not part of it; the
print of a certificate is a certificate.
"""

from __future__ import annotations

import gzip
import json
import re
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

import pytest

from clew.interop.text.extract import extract
from clew.interop.text.file_text import text_of
from clew.schema.registry import catalogue
from shared import shared

KINDS = catalogue()
ANSWERS = sorted((Path(__file__).parent / "answers").glob("*.json"))
TYPES = frozenset(
    {"url", "domain-name", "ip-address", "netblock", "email-address", "file", "vulnerability",
     "registry-key", "file-path", "autonomous-system", "certificate"}
)  # fmt: skip
MARK = re.compile(r"[0-9a-f]{16}")
LEAST = 0.99


def mark(value: str) -> str:
    return blake2b(value.encode(), digest_size=8).hexdigest()


def expected_of(path: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return answer


def test_ten_answers_are_there() -> None:
    """Each answer names a text and its entities by type, line and mark, each once."""
    assert len(ANSWERS) == 10
    for path in ANSWERS:
        answer = expected_of(path)
        entities = answer["entities"]
        assert len({(type_, sign) for type_, _, sign in entities}) == len(entities) >= 50
        assert {type_ for type_, _, _ in entities} <= TYPES
        assert all(MARK.fullmatch(sign) and line % answer["every"] == 0
                   for _, line, sign in entities)  # fmt: skip


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_what_is_found_is_what_a_reader_finds(path: Path) -> None:
    """Of what is found 99 of 100 are right, and of what is there 99 of 100 are found."""
    answer = expected_of(path)
    data = (shared("data/ioc-texts") / answer["file"]).read_bytes()
    assert sha256(data).hexdigest() == answer["sha256"]
    text = text_of(gzip.decompress(data) if answer["file"].endswith(".gz") else data)
    want = {(type_, sign) for type_, _, sign in answer["entities"]}
    got = {(one.type, mark(one.value)): (one.line, one.type, one.text)
           for one in extract(text, KINDS) if one.line % answer["every"] == 0}  # fmt: skip
    right = len(want & got.keys())
    wrong = [place for key, place in got.items() if key not in want]
    missed = [entity for entity in answer["entities"] if (entity[0], entity[2]) not in got]
    assert right >= LEAST * len(got), wrong
    assert right >= LEAST * len(want), missed
