"""Pasted text, whatever it is."""

from __future__ import annotations

from clew.interop.text.paste import read_any
from clew.schema.registry import catalogue

KINDS = catalogue()


def test_lines_are_values_and_prose_is_searched() -> None:
    """A value a line as ever; a sentence gives what is in it; what holds nothing is told."""
    text = "192.0.2.1\nthe host evil[.]example resolved to 192.0.2.9 then\nnothing to see here\n"
    values, problems = read_any(text, KINDS)
    assert [(line, str(value)) for line, value in values] == [
        (1, "192.0.2.1"), (2, "evil.example"), (2, "192.0.2.9")
    ]  # fmt: skip
    assert [problem.line for problem in problems] == [3]
