"""Texts that people write in YAML, as nodes with lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.schema.declaration import (
    DeclarationFault,
    check_keys,
    compose,
    items,
    line_of,
    mapping,
    scalar,
)


def test_nodes_know_their_lines() -> None:
    """Fields and items come with the line on which they begin."""
    root = compose("a: x\nb:\n- 1\n- 2\n")
    assert root is not None
    fields = mapping(root, ("a", "b"))
    assert scalar(fields["a"]) == "x"
    assert [(scalar(each), line_of(each)) for each in items(fields["b"])] == [("1", 3), ("2", 4)]


@pytest.mark.parametrize("text", ["", "# only a comment", "---"])
def test_empty_text_has_no_fields(text: str) -> None:
    """Nothing in, nothing out."""
    assert items(compose(text)) == []


@pytest.mark.parametrize(
    ("text", "line"), [("a: &x 1", 1), ("- 1\n- *x", 2), ("{" * 100, 1), ("a:\n  b: c: d", 2)]
)
def test_hostile_text_is_refused_with_its_line(text: str, line: int) -> None:
    """Anchors, aliases, depth and broken syntax are faults at a line."""
    with pytest.raises(DeclarationFault) as caught:
        compose(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: 2\na: 3", 3, "is there twice"),
        ("- x\n- b:\n    c: 1\n    c: 2", 4, "is there twice"),
        ("a: 1\nyes: 2", 2, "is no text"),
        ("a:\n  - null: 1", 2, "is no text"),
    ],
)
def test_keys_are_texts_and_stand_once(text: str, line: int, reason: str) -> None:
    """However deep a mapping lies, what reads it twice reads the same."""
    with pytest.raises(DeclarationFault, match=reason) as caught:
        check_keys(compose(text))
    assert caught.value.line == line


def test_lists_and_mappings_with_other_keys_pass() -> None:
    """Equal keys of different mappings, numbers as keys, and nothing at all are no fault."""
    check_keys(compose("- a: 1\n- a: 2\n- 1: x\n  2: y\n- [a, a]"))
    check_keys(None)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_composed_or_refused(text: str) -> None:
    """No text raises anything but a fault."""
    try:
        compose(text)
    except DeclarationFault as fault:
        assert fault.line >= 1  # noqa: PT017
