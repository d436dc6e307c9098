"""The part of ThreatConnect's query language that clients send; the rest is a 400."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

DEPTH_MAX = 10
LENGTH_MAX = 8_192
"""Longest query, in characters."""

Fields = Callable[[Any, str], Iterable[object]]
"""The values of a record's field, or the records behind ``hasGroup``; KeyError if unknown."""
Test = Callable[[Any, Fields], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<word>[A-Za-z]\w*)|(?P<sign>!=|>=|<=|[=<>(),]))"""
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "EQ": operator.eq, "!=": operator.ne, "NE": operator.ne,
    ">": operator.gt, "GT": operator.gt, "<": operator.lt, "LT": operator.lt,
    ">=": operator.ge, "GEQ": operator.ge, "<=": operator.le, "LEQ": operator.le,
}  # fmt: skip
_MATCH: dict[str, Callable[[str, str], bool]] = {
    "LIKE": lambda present, value: re.fullmatch(
        ".*".join(map(re.escape, value.split("%"))), present, re.DOTALL
    ) is not None,
    "CONTAINS": lambda present, value: value in present,
    "STARTSWITH": str.startswith,
    "ENDSWITH": str.endswith,
}  # fmt: skip


class BadTql(ValueError):
    """The query is none that is understood."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    test: Test
    names: frozenset[str]
    """All fields that it mentions."""

    def holds(self, record: Any, fields: Fields) -> bool:
        """Whether it holds for a record; raises BadTql for a field that there is none of."""
        try:
            return self.test(record, fields)
        except KeyError as error:
            raise BadTql(f"unknown field {error}") from error


def parse(text: str) -> Query:
    """The query that *text* says; an empty one holds for all. Raises BadTql."""
    if len(text) > LENGTH_MAX:
        raise BadTql(f"over {LENGTH_MAX} characters")
    if not text.strip():
        return Query(lambda record, fields: True, frozenset())  # noqa: ARG005
    reader = _Reader(text)
    test = reader.either(0)
    if reader.kind != "end":
        raise BadTql(f"unexpected {reader.token}")
    return Query(test, frozenset(reader.names))


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self.kind, self.token = "", ""
        self.names: set[str] = set()
        self._next()

    def _next(self) -> str:
        token = self.token
        if not self._text[self._at :].strip():
            self.kind, self.token = "end", ""
            return token
        match = _TOKEN.match(self._text, self._at)
        if match is None or match.lastgroup is None:
            raise BadTql(f"unreadable at {self._at}")
        self.kind, self.token, self._at = match.lastgroup, match[match.lastgroup], match.end()
        return token

    def _take(self, *tokens: str) -> bool:
        if self.kind in ("word", "sign") and self.token.upper() in tokens:
            self._next()
            return True
        return False

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise BadTql(f"expected {token} at {self.token or 'the end'}")

    def either(self, depth: int) -> Test:
        if depth > DEPTH_MAX:
            raise BadTql("nested too deep")
        tests = [self._both(depth)]
        while self._take("OR"):
            tests.append(self._both(depth))
        return lambda record, fields: any(test(record, fields) for test in tests)

    def _both(self, depth: int) -> Test:
        tests = [self._one(depth)]
        while self._take("AND"):
            tests.append(self._one(depth))
        return lambda record, fields: all(test(record, fields) for test in tests)

    def _one(self, depth: int) -> Test:
        if self._take("("):
            inner = self.either(depth + 1)
            self._need(")")
            return inner
        if self.kind != "word":
            raise BadTql(f"expected a field at {self.token or 'the end'}")
        name = self._next()
        if name.startswith("has") and self._take("("):
            inner = self.either(depth + 1)
            self._need(")")
            return lambda record, fields: any(inner(it, fields) for it in fields(record, name))
        self.names.add(name)
        return self._comparison(name)

    def _comparison(self, name: str) -> Test:
        if self._take("IS"):
            null = not self._take("NOT")
            self._need("NULL")
            return lambda record, fields: null != any(it != "" for it in fields(record, name))
        no = self._take("NOT")
        sign = self.token.upper()
        self._next()
        if sign == "IN":
            wanted = {_plain(it) for it in self._list()}
            return lambda record, fields: (
                no != any(_plain(it) in wanted for it in fields(record, name))
            )
        value = self._value()
        if sign in _MATCH:
            match = _MATCH[sign]
            return lambda record, fields: (
                no != any(match(str(it).lower(), str(value).lower()) for it in fields(record, name))
            )
        if sign not in _COMPARE or no:
            raise BadTql(f"unknown operator {sign}")
        compare = _COMPARE[sign]
        return lambda record, fields: any(
            compare(*_alike(it, value)) for it in fields(record, name)
        )

    def _list(self) -> list[object]:
        self._need("(")
        found = [self._value()]
        while self._take(","):
            found.append(self._value())
        self._need(")")
        return found

    def _value(self) -> object:
        kind, token = self.kind, self._next()
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)
        if kind == "number":
            return float(token)
        if kind == "word" and token.lower() in ("true", "false"):
            return token.lower() == "true"
        raise BadTql(f"expected a value at {token or 'the end'}")


def _plain(value: object) -> object:
    """A value for comparison: texts ignore case, numbers written as text are numbers."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    text = str(value).lower()
    return float(text) if re.fullmatch(r"-?\d{1,15}", text) else text


def _alike(present: object, value: object) -> tuple[Any, Any]:
    one, two = _plain(present), _plain(value)
    if type(one) is not type(two):
        return str(one), str(two)
    if isinstance(one, str) and isinstance(two, str) and re.match(r"\d{4}-\d\d-\d\d", two):
        return _whole(one), _whole(two)
    return one, two


def _whole(date: str) -> str:
    """A date with its time, so that a day and a moment compare."""
    return f"{date.rstrip('z')}t00:00:00" if len(date) == 10 else date.rstrip("z")
