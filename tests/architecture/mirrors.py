"""Tests mirror the source: where the test of a file is, and which files are held by another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fnmatch import fnmatchcase

OF_A_WHOLE = frozenset({"architecture", "end_to_end"})
"""Folders of tests about the whole, not about one file."""


def stray_tests(
    tests: Iterable[str], sources: Collection[str], wholes: Mapping[str, str]
) -> list[str]:
    """Tests (paths below ``tests``) that have no source file, and are not of a whole room."""
    folders = {path.rpartition("/")[0] for path in sources}
    faults = []
    for test in sorted(tests):
        folder, _, name = test.rpartition("/")
        if folder.split("/")[0] in OF_A_WHOLE or not name.startswith("test_"):
            continue
        stem = "/".join(filter(None, (folder, name.removeprefix("test_").removesuffix(".py"))))
        if f"{stem}.py" not in sources and stem not in folders and test not in wholes:
            faults.append(f"{test}: there is no {stem}.py")
    return faults


def untested_sources(
    sources: Iterable[str], tests: Collection[str], elsewhere: Mapping[str, str]
) -> list[str]:
    """Files without a test of their own that are not on the list of those held elsewhere."""
    return [
        f"{source}: there is no {own_test(source)}"
        for source in sorted(sources)
        if not source.endswith("__init__.py")
        and own_test(source) not in tests
        and not any(fnmatchcase(source, pattern) for pattern in elsewhere)
    ]


def stale_entries(
    sources: Collection[str], tests: Collection[str], elsewhere: Mapping[str, str]
) -> list[str]:
    """Entries of the list that no longer say something true."""
    faults = []
    for pattern, test in elsewhere.items():
        held = [source for source in sources if fnmatchcase(source, pattern)]
        if not held:
            faults.append(f"{pattern}: there is no such file")
        if test not in tests:
            faults.append(f"{pattern}: there is no {test}")
        if len(held) == 1 and own_test(held[0]) in tests:
            faults.append(f"{pattern}: it has a test of its own now")
    return faults


def own_test(source: str) -> str:
    """Where the test of a source file belongs: ``graph/view.py`` to ``graph/test_view.py``."""
    folder, _, name = source.rpartition("/")
    return "/".join(filter(None, (folder, f"test_{name}")))
