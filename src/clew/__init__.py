"""Clew: a link-analysis workbench for threat intelligence."""

__version__ = "0.1.0"
