"""What this machine keeps of files for its user."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.errors import FileFault
from clew.store.machine import MachineFolder


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"CLEW_HOME": "/x", "XDG_CACHE_HOME": "/y", "HOME": "/z"}, "/x/machine"),
        ({"XDG_CACHE_HOME": "/y", "HOME": "/z"}, "/y/clew"),
        ({"HOME": "/z"}, "/z/.cache/clew"),
        ({"CLEW_KEYRING": "no"}, None),
    ],
)
def test_the_folder_is_the_user_s(environment: dict[str, str], folder: str | None) -> None:
    """The settings folder where one is named, else the user's cache folder, or none at all."""
    found = MachineFolder.of_environment(environment)
    assert (found and str(found.folder)) == folder


def test_a_key_is_made_once_and_is_the_user_s_alone(tmp_path: Path) -> None:
    """The next process finds the same key, and nobody else can read it."""
    key = MachineFolder(tmp_path / "m").key
    assert MachineFolder(tmp_path / "m").key == key
    assert MachineFolder(tmp_path / "n").key != key
    assert (tmp_path / "m" / "key").stat().st_mode & 0o77 == 0


def test_a_key_that_is_none_is_told(tmp_path: Path) -> None:
    """It is not replaced silently: what it bound would be lost."""
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(FileFault, match="no key of Clew's"):
        _ = MachineFolder(tmp_path).key
