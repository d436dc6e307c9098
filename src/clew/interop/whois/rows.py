"""Whois text as rows: label, value, block and line, in segments of one answer each or more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clew.interop.exchange_graph import ImportProblem
from clew.interop.whois.facts import problem_of
from clew.interop.whois.labels import field_of, normal, roles_of

CHARACTERS_MAX = 8_000_000
"""Most of a text that is read, in code points."""
LINES_MAX = 50_000
"""Most lines that are read."""
LINE_LENGTH_MAX = 2_000
"""Longest line that is read, in code points; longer ones are left out."""


@dataclass(frozen=True, slots=True)
class WhoisLine:
    """One line of an answer that is neither empty nor a comment."""

    line: int
    """From 1."""
    block: int
    """Rows without an empty line between them share it."""
    indent: int
    label: str
    """Normal form of the label; empty for a bare line."""
    value: str
    text: str
    """The whole line without the space around it."""


def read_segments(text: str) -> tuple[list[list[WhoisLine]], list[ImportProblem]]:
    """The rows of *text*, parted where a server says that its answer ends."""
    problems: list[ImportProblem] = []
    if len(text) > CHARACTERS_MAX:
        reason = f"{len(text) - CHARACTERS_MAX} characters behind it are not read"
        problems.append(problem_of("", "", reason))
        text = text[:CHARACTERS_MAX]
    lines = re.split(r"\r\n|\r|\n", text, maxsplit=LINES_MAX)
    if len(lines) > LINES_MAX:
        problems.append(problem_of(f"line {LINES_MAX + 1}", "", "lines from here on are not read"))
        lines = lines[:LINES_MAX]
    segments: list[list[WhoisLine]] = [[]]
    block = 0
    for number, line in enumerate(lines, start=1):
        if len(line) > LINE_LENGTH_MAX:
            reason = f"longer than {LINE_LENGTH_MAX} characters"
            problems.append(problem_of(f"line {number}", line, reason))
            continue
        line = _CONTROL.sub(" ", line).expandtabs(8).rstrip()
        bare = line.strip()
        if bare == "--" or _END.match(bare):
            segments.append([])
        if not bare or not bare.strip("-=*_ "):
            block += 1
        elif bare[0] in "%#;":
            segments[-1].extend(_comment(number, block, bare))
        elif not bare.startswith(">>>"):
            segments[-1].append(_row(number, block, len(line) - len(line.lstrip()), bare))
    return [segment for segment in segments if segment], problems


def _comment(number: int, block: int, bare: str) -> list[WhoisLine]:
    """Comments that head the object below them (``% Registrant:``), as rows."""
    label = normal(bare.strip("%#; ").rstrip(":"))
    known = label and len(bare) < 40 and (roles_of(label) or field_of(label))
    return [WhoisLine(number, block, 0, label, "", bare)] if known else []


def _row(number: int, block: int, indent: int, bare: str) -> WhoisLine:
    plain = bare.lstrip("* ") if bare.startswith("** ") else bare
    label, value = "", plain
    if match := _BRACKETED.fullmatch(plain) or _DOTTED.fullmatch(plain) or _PROSE.fullmatch(plain):
        label, value = match[1], match[2]
    elif match := _COLON.match(plain):
        label, value = match[1], plain[match.end() :]
    return WhoisLine(number, block, indent, normal(label), value.strip(), plain)


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\u200b\u200e\u200f]")
_END = re.compile(r">>>+ .{0,40}?\blast update", re.IGNORECASE)
_BRACKETED = re.compile(r"(?:[a-z]\. ?)?\[\s?([^\[\]]{1,50}?)\s?\]\s*(.*)")
_DOTTED = re.compile(r"([^.:\[]{2,50})\.{2,}\s*:?\s*(.*)")
_COLON = re.compile(r"([^:：]{1,60})[:：]")
_PROSE = re.compile(
    r"(record (?:last updated|created|expires) on|domain(?= [^\s:]{1,250}\.[^\s:.]{2,63}\b"
    r"(?: \([a-z ]{2,20}\))?$)) +(.+)",
    re.IGNORECASE,
)
