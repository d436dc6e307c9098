"""The licences of what Clew is installed with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

_COPYLEFT = re.compile(r"(?<!L)(?:A?GPL|(?<!Lesser )General Public License)", re.IGNORECASE)
_EXCEPTED = re.compile(r"\S*GPL\S*\s+WITH\s+\S+", re.IGNORECASE)
READ_BY_HAND = {"resvg-py": "MIT, by the LICENSE file in its wheel; its metadata name none"}
"""Distributions whose metadata say nothing and whose licence text was read, and what it is."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Licensed:
    """A distribution and what it says of its licence."""

    name: str
    expression: str = ""
    """The SPDX expression, or the first line of an older licence field."""
    classifiers: tuple[str, ...] = ()


def licence_faults(installed: Iterable[Licensed]) -> list[str]:
    """Distributions that can only be had under the GPL or AGPL, or that say nothing."""
    faults = []
    for item in installed:
        ways = re.split(r"\s+OR\s+", item.expression) if item.expression else item.classifiers
        if not ways and item.name in READ_BY_HAND:
            continue
        if not ways:
            faults.append(f"{item.name}: it names no licence")
        elif all(_COPYLEFT.search(_EXCEPTED.sub("", way)) for way in ways):
            faults.append(f"{item.name}: {' '.join(ways)}")
    return faults


def runtime_closure(root: str) -> tuple[Licensed, ...]:
    """*root* and all that it needs here at run time, by name; extras left out."""
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # Needed on other systems or older Pythons only.
        for need in found[name].requires or ():
            match = _NAME.match(need)
            if match and "extra ==" not in need:
                waiting.append(match.group())
    return tuple(_licensed(name, found[name]) for name in sorted(found))


def _licensed(name: str, of: Distribution) -> Licensed:
    told = of.metadata.get_all("Classifier") or []
    classifiers = tuple(line for line in told if line.startswith("License ::"))
    field = (of.metadata.get_all("License") or [""])[0].strip().splitlines()
    expression = (of.metadata.get_all("License-Expression") or [""])[0]
    # An older field can hold the whole licence text; then the classifier is the better word.
    short = field[0] if len(field) == 1 and not classifiers else ""
    return Licensed(name, expression or short, classifiers)
