"""Claims that hold for every entity type."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.entity_type import EntityType
from clew.schema.types import ENTITY_TYPES
from clew.schema.value import VALUE_LENGTH_MAX, Value

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="[](){}.:@/\\-%_ #?=xXhtpsdoat0123456789ABCDEFabcdef\t\n", max_size=60),
    st.text(alphabet="ßİıſKÅﬁŉéé١²\u200d\u202e.a@:/", max_size=20),
    st.builds(
        lambda scheme, host, rest: f"{scheme}://{host}{rest}",
        st.sampled_from(["http", "HXXP", "https", "ftp", "tcp", "meow"]),
        st.text(alphabet="[](){}.:@ab1é", max_size=20),
        st.text(alphabet="[](){}.:@/?#ab1é \t", max_size=20),
    ),
    st.builds(
        lambda local, domain: f"{local}@{domain}",
        st.text(alphabet="{}()[].dotaDOT+@", max_size=12),
        st.sampled_from(["Mail.example", "mail[.]example", "é.example"]),
    ),
)


def _tried(kind: EntityType, text: str) -> tuple[Value | None, str]:
    try:
        return kind.value(text), ""
    except InvalidValue as error:
        return None, error.reason


FIXED = [kind for kind in ENTITY_TYPES if kind.fixed]


@pytest.mark.parametrize("kind", ENTITY_TYPES, ids=lambda kind: kind.name)
def test_any_text_is_canonical_once_or_refused(kind: EntityType) -> None:
    """Any text gives a value that is its own canonical form, or InvalidValue with a reason."""

    @settings(max_examples=60)
    @given(HOSTILE)
    @example("\ud800")
    @example("\0")
    @example("x" * (VALUE_LENGTH_MAX + 1))
    @example("ŉ" * VALUE_LENGTH_MAX)
    @example("")
    def check(text: str) -> None:
        value, refused = _tried(kind, text)
        if value is None:
            assert refused
            return
        assert kind.value(str(value)) == value
        assert value == value.strip()
        assert len(value) <= VALUE_LENGTH_MAX

    check()


@pytest.mark.parametrize("kind", FIXED, ids=lambda kind: kind.name)
def test_what_the_bulk_expression_matches_is_canonical(kind: EntityType) -> None:
    """A text that the ``fixed`` expression matches is its own canonical form."""
    assert kind.fixed is not None
    assert kind.fixed.startswith("^")
    assert kind.fixed.endswith("$")

    @settings(max_examples=60)
    @given(st.from_regex(kind.fixed[1:-1], fullmatch=True))
    def check(text: str) -> None:
        assert kind.value(text) == text

    check()


@pytest.mark.parametrize("kind", FIXED, ids=lambda kind: kind.name)
def test_bulk_expressions_are_of_the_linear_dialect(kind: EntityType) -> None:
    """The column engine takes every ``fixed`` expression."""
    import polars

    assert polars.Series(["?"]).str.contains(kind.fixed or "").item() is False


@pytest.mark.parametrize("value", [None, 5, b"a.example", ["a"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    """A value of another Python type is refused by each entity type."""
    for kind in ENTITY_TYPES:
        with pytest.raises(InvalidValue):
            kind.value(value)


def test_declarations_are_complete_and_unique() -> None:
    """Every type has its own name, a family, an icon and a sentence of its own."""
    families = {"case", "code", "name", "address", "identity", "web", "trust", "note"}
    assert len({kind.name for kind in ENTITY_TYPES}) == len(ENTITY_TYPES)
    for kind in ENTITY_TYPES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.name)
        assert kind.family in families
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.icon)
        assert kind.description
        assert kind.value.__doc__ != Value.__doc__
        names = [each.name for each in kind.properties]
        assert len(set(names)) == len(names)
