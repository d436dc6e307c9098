"""The values that a STIX pattern asks for: its equal comparisons that are not negated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clew.errors import InvalidValue

PATTERN_LENGTH_MAX = 1_000_000
"""Longest pattern that is read, in code points."""
ATOMS_MAX = 10_000
"""Most comparisons of one pattern."""

_TOKEN = re.compile(
    r"\s*(?:(?P<text>[tbh]?'(?:[^'\\]|\\.)*')|(?P<sign>!=|<>|==|<=|>=|[=<>\[\](),])"
    r"|(?P<path>[A-Za-z0-9_-]+:(?:[A-Za-z0-9_.*-]|'(?:[^'\\]|\\.)*'|\[[^\]\s]*\])+)"
    r"|(?P<word>[A-Za-z0-9_.:+-]+))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Atom:
    """One value that is asked for."""

    observation: int
    """Which bracket of the pattern it stands in, from 0."""
    type: str
    """Type of the observable."""
    path: str
    """Property, as it is written after the colon, quotes undone."""
    value: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a pattern asks for."""

    atoms: tuple[Atom, ...]
    whole: bool
    """Whether the atoms say all of it: no negation, ranges, regular expressions or order."""


def read_pattern(text: str) -> Pattern:
    """
    The equal comparisons of a pattern (STIX 2.1, section 9).

    Raises:
        InvalidValue: It is no pattern, or too long.
    """
    if len(text) > PATTERN_LENGTH_MAX:
        raise InvalidValue("pattern", text, f"it has over {PATTERN_LENGTH_MAX} letters")
    tokens = _tokens(text)
    atoms: list[Atom] = []
    whole, observation, inside, negated, at = True, -1, False, False, 0
    while at < len(tokens):
        kind, word = tokens[at]
        upper = word.upper()
        if kind == "sign" and word == "[":
            inside, observation, negated = True, observation + 1, False
        elif kind == "sign" and word == "]":
            inside = False
        elif kind == "word" and upper == "NOT":
            negated, whole = True, False
        elif kind == "word" and upper in ("AND", "OR"):
            negated = False
        elif kind == "path" and inside:
            at, found, plain = _comparison(tokens, at)
            plain = plain and not negated
            whole = whole and plain
            type_, _, path = word.partition(":")
            if plain:
                path = _ESCAPE.sub(r"\1", path.replace("'", ""))
                atoms.extend(Atom(observation, type_, path, value) for value in found)
            negated = False
            if len(atoms) > ATOMS_MAX:
                raise InvalidValue("pattern", text, f"it has over {ATOMS_MAX} comparisons")
            continue
        elif kind == "word":
            # FOLLOWEDBY, WITHIN, REPEATS, START and STOP say more than the values.
            whole = False
        at += 1
    if observation < 0 or inside:
        raise InvalidValue("pattern", text, "its brackets are not whole")
    return Pattern(tuple(atoms), whole)


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise InvalidValue("pattern", text, f"letter {at + 1} is not understood")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tokens


def _comparison(tokens: list[tuple[str, str]], at: int) -> tuple[int, list[str], bool]:
    """Where it ends, the values it is equal to, and whether it is a plain equality."""
    at += 1
    negated = False
    if at < len(tokens) and tokens[at][1].upper() == "NOT":
        negated, at = True, at + 1
    if at >= len(tokens):
        return at, [], False
    kind, sign = tokens[at]
    at += 1
    if kind == "sign" and sign in ("=", "==") and at < len(tokens):
        return at + 1, [_literal(tokens[at])], not negated
    if sign.upper() == "IN" and at < len(tokens) and tokens[at][1] == "(":
        values = []
        at += 1
        while at < len(tokens) and tokens[at][1] != ")":
            if tokens[at][1] != ",":
                values.append(_literal(tokens[at]))
            at += 1
        return at + 1, values, not negated
    return at + 1, [], False


def _literal(token: tuple[str, str]) -> str:
    kind, word = token
    if kind != "text":
        return word
    return _ESCAPE.sub(r"\1", word[word.index("'") + 1 : -1])
