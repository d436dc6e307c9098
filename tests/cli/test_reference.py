"""The generated reference pages."""

from __future__ import annotations

from pathlib import Path

from clew.cli.reference import pages

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def test_the_pages_are_what_the_program_says() -> None:
    """A type or transform that changed is changed in the reference too."""
    for name, text in pages().items():
        assert (FOLDER / name).read_text("utf-8") == text, f"{name} is older: run ./dev types"
