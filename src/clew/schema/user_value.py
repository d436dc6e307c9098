"""The value class of types that users declare: a pattern and a case, no code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

from clew.errors import InvalidValue
from clew.schema.entity_type import EntityType, Property, entity_type
from clew.schema.refang import refang
from clew.schema.types.text import lower, one_line, upper
from clew.schema.value import Value

CASES: Final = ("keep", "lower", "upper")
"""What is done to the case of a value."""

PATTERN_LENGTH_MAX: Final = 500
"""Longest pattern, in code points."""

USER_VALUE_LENGTH_MAX: Final = 1_024
"""Longest value of a type with a pattern, in code points."""

_DETECT_RANK = 200
_ANY_TOKEN = rf"[^\r\n]{{1,{USER_VALUE_LENGTH_MAX}}}"


class PatternRefused(ValueError):
    """A pattern that can't be used; the message says why."""


@dataclass(frozen=True, slots=True)
class UserRule:
    """How a declared type makes its canonical form."""

    label: str
    case: str
    pattern: str
    """Regular expression (RE2 dialect: no look-around, no back-reference); empty means any."""


class UserValue(Value):
    """Base of the classes that declarations make."""

    __slots__ = ()
    rule: ClassVar[UserRule]

    @classmethod
    def canonical(cls, text: str) -> str:
        """
        The text in the declared case; where that does not fit the pattern, its refanged form.

        Raises:
            InvalidValue: The pattern matches neither.
        """
        rule = cls.rule
        if rule.pattern and len(text) > USER_VALUE_LENGTH_MAX:
            raise InvalidValue(rule.label, text, f"longer than {USER_VALUE_LENGTH_MAX} characters")
        text = one_line(rule.label, text)
        # What fits as it is written is taken so: a value of one's own may have such brackets.
        for form in dict.fromkeys((text, refang(text))):
            if rule.case != "keep":
                form = lower(form) if rule.case == "lower" else upper(form)
            if not rule.pattern or _matches(rule.pattern, form):
                return form
        what = f"it does not fit the pattern of its type, '{rule.pattern}'"
        raise InvalidValue(rule.label, text, what)


def declare_type(
    name: str,
    *,
    label: str,
    plural: str,
    family: str,
    icon: str,
    solid: bool,
    description: str,
    pattern: str,
    case: str,
    detected: bool,
    properties: tuple[Property, ...],
) -> EntityType:
    """
    The entity type of a declaration.

    Raises:
        PatternRefused: *pattern* is too long or no regular expression of the RE2 dialect.
    """
    if pattern:
        _check_pattern(pattern)
    namespace = {
        "__slots__": (),
        "__doc__": description,
        "rule": UserRule(label, case, pattern),
    }
    words = re.split(r"[^a-z0-9]", name)
    cls: type[UserValue] = type("".join(map(str.capitalize, words)), (UserValue,), namespace)
    declare: Callable[[type[UserValue]], type[UserValue]] = entity_type(
        name,
        label=label,
        plural=plural,
        family=family,
        icon=icon,
        solid=solid,
        properties=properties,
        detect=_ANY_TOKEN if detected else None,
        detect_rank=_DETECT_RANK,
    )
    return declare(cls).type


def _check_pattern(pattern: str) -> None:
    if len(pattern) > PATTERN_LENGTH_MAX:
        raise PatternRefused(f"a pattern has at most {PATTERN_LENGTH_MAX} characters")
    # Alone first, so that a pattern such as a)|(b can't break out of the anchors.
    for text in (pattern, _anchored(pattern)):
        _contains(text, "")


@lru_cache(maxsize=4_096)
def _matches(pattern: str, text: str) -> bool:
    return _contains(_anchored(pattern), text)


def _anchored(pattern: str) -> str:
    return rf"\A(?:{pattern})\z"


def _contains(pattern: str, text: str) -> bool:
    # A user's pattern meets hostile text, so it runs on an engine of linear time, not on `re`.
    import polars

    try:
        return bool(polars.Series([text]).str.contains(pattern).item())
    except polars.exceptions.ComputeError as error:
        errors = [line for line in str(error).splitlines() if line.startswith("error: ")]
        reason = errors[0][7:200] if errors else "it is too large"
        raise PatternRefused(f"the pattern is no regular expression here: {reason}") from error
