"""What a wheel holds."""

from __future__ import annotations

from hatchling.builders.wheel import WheelBuilder

from architecture.source import ROOT


def test_a_wheel_says_that_it_is_typed() -> None:
    """Type checkers read a package's annotations only where it has this file."""
    builder = WheelBuilder(str(ROOT))
    held = {one.distribution_path for one in builder.recurse_included_files()}
    assert {"clew/py.typed", "clew/api/case.py"} <= held
    assert not {path for path in held if path and not path.startswith("clew/")}
