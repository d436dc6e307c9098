"""The façade: an open investigation with all rooms wired."""

from clew.workbench.bench import Workbench

__all__ = ["Workbench"]
