"""The user's own lists of states: sinkholes, hosting and parking that no shipped list knows."""

from __future__ import annotations

from pathlib import Path

from clew.engine.setting import COMMON, SettingKind
from clew.engine.setting_sources import SettingSources
from clew.errors import InvalidValue
from clew.schema.lists import ListIndex, StateList

LIST_BYTES_MAX = 16 * 1024 * 1024
"""Largest list, in bytes."""


def read_own_lists(sources: SettingSources) -> ListIndex | None:
    """The lists that the settings name; None where they name none; raises InvalidValue."""
    lists = [
        read_list(Path(text).expanduser(), one.name.removeprefix("lists."))
        for one in COMMON
        if one.kind is SettingKind.FILES
        for text in sources.value(one.name).texts
    ]
    return ListIndex(lists) if lists else None


def read_list(path: Path, state: str) -> StateList:
    """One list: an entry a line, what follows a # is a remark; raises InvalidValue."""
    try:
        if path.stat().st_size > LIST_BYTES_MAX:
            raise InvalidValue("list", path, f"it is larger than {LIST_BYTES_MAX} bytes")
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = "it is no UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise InvalidValue("list", path, str(why), helps="Correct it (clew settings).") from error
    entries = (line.partition("#")[0].strip() for line in lines)
    return StateList(f"own {path.name}", state, tuple(filter(None, entries)))
