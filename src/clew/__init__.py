"""Clew: link analysis for threat intelligence; every claim with its source and its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clew.api import Case, create, open

__version__ = "0.1.0"
__all__ = ["Case", "create", "open"]


def __getattr__(name: str) -> Any:
    # Loaded when it is asked for: the command line starts without it.
    if name in ("Case", "create", "open"):
        from clew import api

        return getattr(api, name)
    raise AttributeError(f"module 'clew' has no attribute {name!r}")
