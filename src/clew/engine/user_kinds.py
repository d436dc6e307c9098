"""The built-in kinds and the user's own, from the YAML files of ``types/`` in the user's folder."""

from __future__ import annotations

from collections.abc import Mapping

from clew.engine.settings import home
from clew.schema.registry import Catalogue, catalogue
from clew.schema.user_types import read_user_types


def user_kinds(environment: Mapping[str, str]) -> tuple[Catalogue, list[str]]:
    """All kinds, and what was wrong with files of the user's, as sentences with their places."""
    found = catalogue()
    problems: list[str] = []
    folder = home(environment) / "types"
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path.name} can't be read: {error}")
            continue
        more, wrong = read_user_types(text, found)
        found = found.with_kinds(more)
        problems += [f"{path.name}, line {one.line}: {one.reason}" for one in wrong]
    return found, problems
