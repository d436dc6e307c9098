"""``import clew`` is light and gives what a notebook needs."""

from __future__ import annotations

import pytest

import clew


def test_the_package_gives_its_face() -> None:
    """Case, create and open are those of the face in Python; other names are refused."""
    assert {name: getattr(clew, name).__module__ for name in clew.__all__} == dict.fromkeys(
        clew.__all__, "clew.api.case"
    )
    with pytest.raises(AttributeError, match="no attribute 'close'"):
        clew.close  # noqa: B018
