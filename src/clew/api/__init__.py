"""Clew in Python and notebooks: an investigation whose answers are Polars frames."""

from clew.api.case import Case, create, open

__all__ = ["Case", "create", "open"]
