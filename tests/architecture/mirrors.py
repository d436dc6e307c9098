"""Tests mirror the source: a test stands in the room of the file that it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable

OF_A_WHOLE = frozenset({"architecture", "documentation", "end_to_end", "foreign", "kept"})
"""Folders of tests about the whole, not about one room."""
OF_A_ROOM = frozenset({
    "api/test_notebooks.py", "cli/test_process.py", "cli/test_verbs.py",
    "commands/test_commands.py",
    "questions/test_parity.py",
    "interop/test_markings.py", "interop/test_hostile.py",
    "interop/test_bounds.py",
    "interop/text/test_answers.py", "interop/whois/test_corpus.py", "providers/test_any_json.py",
    "providers/test_wrong_types.py", "providers/threatconnect/test_replies.py",
    "providers/threatconnect/test_walkthrough.py", "providers/threatgrid/test_replies.py",
    "providers/threatgrid/test_walkthrough.py", "replicas/threatconnect/test_wire.py",
    "replicas/threatgrid/test_wire.py", "schema/types/test_every_type.py",
    "service/test_kill.py", "service/test_load.py", "service/test_soak.py",
})  # fmt: skip
"""Tests about all files of their folder: how they meet hostile input, a vendor, a kill."""


def stray_tests(
    tests: Collection[str], sources: Iterable[str], of_a_room: Collection[str]
) -> list[str]:
    """Tests (paths below ``tests``) without a file or folder to be about, and untrue exceptions."""
    files = set(sources)
    folders = {path.rpartition("/")[0] for path in files}
    faults = [f"{test}: it is not there" for test in sorted(of_a_room) if test not in tests]
    for test in sorted(tests):
        folder, _, name = test.rpartition("/")
        if folder.split("/")[0] in OF_A_WHOLE:
            continue
        source = "/".join(filter(None, (folder, name.removeprefix("test_"))))
        mirrors = source in files or source.removesuffix(".py") in folders
        if test in of_a_room:
            faults += [f"{test}: it has a file of its own"] if mirrors else []
            faults += [] if folder in folders else [f"{test}: there is no {folder}"]
        elif not mirrors:
            faults.append(f"{test}: there is no {source}")
    return faults
