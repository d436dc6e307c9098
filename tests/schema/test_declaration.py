"""Texts that people write in YAML, as nodes with lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.schema.declaration import DeclarationFault, compose, items, line_of, mapping, scalar


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


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_composed_or_refused(text: str) -> None:
    """No text raises anything but a fault."""
    try:
        compose(text)
    except DeclarationFault as fault:
        assert fault.line >= 1  # noqa: PT017
