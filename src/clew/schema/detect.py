"""What a pasted token or line is: an ordered guess by the types' own patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clew.errors import InvalidValue
from clew.schema.entity_type import EntityType
from clew.schema.refang import refang
from clew.schema.registry import Catalogue
from clew.schema.value import VALUE_LENGTH_MAX, Value

LINE_COUNT_MAX = 1_000_000
"""Most lines of one paste that are read."""

SHORT_NAMES = {
    "domain": "domain-name",
    "host": "domain-name",
    "hostname": "domain-name",
    "ip": "ip-address",
    "ipv4": "ip-address",
    "ipv6": "ip-address",
    "address": "ip-address",
    "cidr": "netblock",
    "asn": "autonomous-system",
    "as": "autonomous-system",
    "email": "email-address",
    "mail": "email-address",
    "md5": "file",
    "sha1": "file",
    "sha256": "file",
    "sha512": "file",
    "hash": "file",
    "cve": "vulnerability",
    "actor": "threat-actor",
    "malware": "malware-family",
    "registry": "registry-key",
    "path": "file-path",
}
"""Names that people write before a value, and the types they mean."""

_PREFIX = re.compile(
    r"([A-Za-z][A-Za-z0-9_-]{0,63})(?:[ ]?(\t)[ ]?|[ ]?:(?!//)[ ]?)(.*)", re.DOTALL
)
_COMMENT = re.compile(r"(?:^|\s)#.*$", re.DOTALL)
_WRAPPING = "\"'`<>«»“”‘’"
_TRAILING = ",;"
_SEPARATORS = re.compile(r"[\s,;|]+")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line, or a part of one, that no value could be made of."""

    line: int
    """Counted from 1."""
    text: str
    reason: str


def detect(text: str, catalogue: Catalogue) -> list[Value]:
    """
    What one token may be, best guess first; empty where no type knows it.

    Args:
        text: A single token, defanged or not; quotes and a comma around it are let go.
        catalogue: The types to try, those of users included.
    """
    token = text.strip().rstrip(_TRAILING).strip(_WRAPPING).strip()
    if not token or len(token) > VALUE_LENGTH_MAX:
        return []
    plain = refang(token)
    found: list[tuple[int, Value]] = []
    for kind in catalogue.entity_types.values():
        if kind.detect is None or not kind.detect.fullmatch(plain):
            continue
        try:
            value = kind.value(token)
        except InvalidValue:
            continue
        # Whoever defanged a token says that it is an indicator, however odd it looks.
        if value.likely() or plain != token:
            found.append((kind.detect_rank, value))
    found.sort(key=lambda guess: guess[0])
    return [value for _, value in found]


def read_lines(
    text: str, catalogue: Catalogue
) -> tuple[list[tuple[int, Value]], list[LineProblem]]:
    """
    The values of pasted lines, each with its line number, and what was not understood.

    A line is one value, several between spaces or commas, or ``type: value``. After a tab
    (``type<TAB>value``) the value is taken to the letter. ``#`` at the start of a line or after
    a space begins a comment.
    """
    values: list[tuple[int, Value]] = []
    problems: list[LineProblem] = []
    for number, line in enumerate(_lines(text), 1):
        if number > LINE_COUNT_MAX:
            reason = f"only the first {LINE_COUNT_MAX} lines are read"
            problems.append(LineProblem(number, line, reason))
            break
        found, problem = _read_line(line, catalogue)
        values.extend((number, value) for value in found)
        if problem is not None:
            problems.append(LineProblem(number, *problem))
    return values, problems


def _lines(text: str) -> Iterator[str]:
    for line in text.removeprefix("\ufeff").split("\n"):
        yield line.rstrip("\r")


def _read_line(line: str, catalogue: Catalogue) -> tuple[list[Value], tuple[str, str] | None]:
    kind, value, literal = _explicit(line, catalogue)
    if not literal:
        line = _COMMENT.sub("", line).strip()
        value = _COMMENT.sub("", value).strip()
    if not line:
        return [], None
    if kind is not None:
        try:
            return [kind.value(value)], None
        except InvalidValue as error:
            helps = f". {error.helps.rstrip('.')}" if error.helps else ""
            return [], (line, f"{kind.label}: {error.reason}{helps}")
    whole = detect(line, catalogue)
    if whole:
        return whole[:1], None
    tokens = [token for token in _SEPARATORS.split(line) if token]
    guesses = [(token, detect(token, catalogue)) for token in tokens]
    found = [guess[0] for _, guess in guesses if guess]
    unknown = [token for token, guess in guesses if not guess and _says_something(token)]
    if not found:
        return [], (line, "no type knows it; write its type before it, as in mutex: abc")
    if unknown:
        return found, (" ".join(unknown), "this part of the line was not understood")
    return found, None


def _explicit(line: str, catalogue: Catalogue) -> tuple[EntityType | None, str, bool]:
    match = _PREFIX.match(line.strip(" \r"))
    if match is None:
        return None, line, False
    name = match[1].lower().replace("_", "-")
    kind = catalogue.entity_types.get(SHORT_NAMES.get(name, name))
    if kind is None:
        return None, line, False
    return kind, match[3].strip(), match[2] is not None


def _says_something(token: str) -> bool:
    return any(character.isalnum() for character in token)
