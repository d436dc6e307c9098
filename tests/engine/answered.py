"""What runs brought, and which sources a user declared."""

from __future__ import annotations

from clew.workbench import Workbench
from engine.sources import KINDS as SOURCES

MALTEGO = [kind for kind in SOURCES if kind != "replica"]


def links(bench: Workbench) -> set[str]:
    return {str(link) for link in bench.view("main").link_records()}
