"""Values of declared types."""

import pytest

from clew.errors import InvalidValue
from clew.schema.entity_type import EntityType
from clew.schema.refang import defang, defang_words
from clew.schema.user_value import (
    PATTERN_LENGTH_MAX,
    USER_VALUE_LENGTH_MAX,
    PatternRefused,
    declare_type,
)


def declared(pattern: str, case: str = "keep") -> EntityType:
    return declare_type(
        "car-plate",
        label="Car plate",
        plural="",
        family="note",
        icon="car",
        solid=False,
        description="A plate.",
        pattern=pattern,
        case=case,
        detected=False,
        properties=(),
    )


@pytest.mark.parametrize(("case", "value"), [("keep", "aB"), ("lower", "ab"), ("upper", "AB")])
def test_case_is_folded_as_declared(case: str, value: str) -> None:
    """The declared case is the canonical one, and the pattern meets it."""
    kind = declared("[A-Za-z]{2}", case)
    assert kind.value(" aB ") == value
    assert kind.plural == "Car plates"


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        (r"t\.me/[a-z_]+", "t.me/evil_channel"),
        (r"[a-z]+@[a-z]+\.example", "who@mail.example"),
        (r"https?://[a-z.]+/x", "https://a.example/x"),
        (r"[0-9.]+:[0-9]+", "192.0.2.1:443"),
    ],
)
def test_a_value_is_read_as_it_is_shown(pattern: str, value: str) -> None:
    """A value that fits only without its defanging is meant; one that fits with it stays."""
    kind = declared(pattern, "lower")
    for shown in (value, value.upper(), defang_words(value), defang(value)):
        assert kind.value(shown) == value
    assert declared(r"[a-z]+\[\.\][a-z]+").value("kept[.]so") == "kept[.]so"


def test_a_refused_value_is_told_the_pattern() -> None:
    """Whoever did not write the type reads what would fit."""
    with pytest.raises(InvalidValue, match=r"pattern of its type, '\[a-z\]\{2\}'\.$"):
        declared("[a-z]{2}").value("abc")


@pytest.mark.parametrize("text", ["a", "abc", "a\nb", "ab\n1", "x" * (USER_VALUE_LENGTH_MAX + 1)])
def test_pattern_covers_the_whole_value(text: str) -> None:
    """A value that the pattern covers in part only is refused."""
    with pytest.raises(InvalidValue):
        declared("ab|a$").value(f"{text}!")


@pytest.mark.parametrize(
    "pattern", ["(", "a)|(b", r"(a)\1", "(?<=a)b", "x" * (PATTERN_LENGTH_MAX + 1)]
)
def test_unusable_pattern_is_refused(pattern: str) -> None:
    """Broken, unbounded or non-linear patterns are refused when declared."""
    with pytest.raises(PatternRefused):
        declared(pattern)
