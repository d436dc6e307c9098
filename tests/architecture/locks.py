"""What the locks in ``requirements/`` hold, against what the project file asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def lock_faults(text: str, wanted: Iterable[str]) -> list[str]:
    """Why a lock is none: a line that is no pin with hashes, or a requirement that it lacks."""
    pins: dict[str, list[Requirement]] = {}
    faults = []
    for entry in text.replace("\\\n", " ").splitlines():
        pin, *hashes = entry.split(" --hash=")
        if not hashes or not all(one.strip().startswith("sha256:") for one in hashes):
            faults.append(f"{pin}: no version with its hashes")
        else:
            found = Requirement(pin)
            pins.setdefault(canonicalize_name(found.name), []).append(found)
    for text in wanted:
        asked = Requirement(text)
        versions = [str(pin.specifier) for pin in pins.get(canonicalize_name(asked.name), ())]
        fits = [v for v in versions if v[:2] == "==" and asked.specifier.contains(v[2:])]
        if not fits or fits != versions:
            faults.append(f"{text}: locked as {versions}; run ./dev update")
    return faults


def wanted_by_lock(project: Mapping[str, object]) -> dict[str, list[str]]:
    """What each lock has to hold, by its name."""
    groups: dict[str, list[str]] = dict(project["dependency-groups"])  # type: ignore[call-overload]
    needs: list[str] = project["project"]["dependencies"]  # type: ignore[index]
    return {"run": [*needs, *groups.pop("build")], **groups}
