"""The file of settings, ``settings.toml`` in the user's folder: read with lines, and changed."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from clew.engine.setting import COMMON_NAMES, LISTED, PROVIDER_NAMES, SettingDeclaration
from clew.errors import InvalidValue, UnknownName

NAME = "settings.toml"
TEXT_BYTES_MAX = 65_536
"""Largest file, in bytes."""
LINES_MAX = 2_000


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """What stands at one place of the file."""

    texts: tuple[str, ...]
    line: int
    """Counted from 1."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The file as read."""

    path: Path
    values: Mapping[str, PlacedValue] = field(default_factory=dict)
    """By whole name: ``network.proxy``, ``providers.NAME.proxy``."""
    problems: tuple[str, ...] = ()
    """What in it is not understood, as sentences with lines."""
    fault: str = ""
    """Why nothing of it can be read; empty where it can. Then nobody is asked by guess."""


def read_settings_file(path: Path) -> SettingsFile:
    """The settings of a file; one that is not there sets nothing."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return SettingsFile(path)
    except OSError as error:
        return SettingsFile(path, fault=f"{path} can't be read: {error.strerror or error}.")
    if len(data) > TEXT_BYTES_MAX or data.count(b"\n") > LINES_MAX:
        most = f"{TEXT_BYTES_MAX} bytes and {LINES_MAX} lines"
        return SettingsFile(path, fault=f"{path} is longer than {most}.")
    try:
        text = data.decode("utf-8")
        whole = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        why = error if isinstance(error, tomllib.TOMLDecodeError) else "it is no UTF-8 text"
        return SettingsFile(path, fault=f"{path} is not understood: {why}.")
    lines = _lines(text)
    values: dict[str, PlacedValue] = {}
    problems = []
    for parts, value in _leaves(whole):
        line, name = lines.get(parts, 1), ".".join(parts)
        try:
            values[name] = PlacedValue(_texts(name, value), line)
        except UnknownName as error:
            problems.append(f"{path.name}, line {line}: {error}")
    return SettingsFile(path, values, tuple(problems))


def declared_setting(name: str) -> tuple[SettingDeclaration, str]:
    """The declaration of a whole name, and the provider where it is one's; raises UnknownName."""
    if name in COMMON_NAMES:
        return COMMON_NAMES[name], ""
    head, _, rest = name.partition(".")
    provider, _, own = rest.partition(".")
    if head == "providers" and provider and own in PROVIDER_NAMES:
        return PROVIDER_NAMES[own], provider
    known = (*COMMON_NAMES, *(f"providers.{provider or 'NAME'}.{one}" for one in PROVIDER_NAMES))
    near = get_close_matches(name, known, n=1)
    raise UnknownName("setting", name, known=known if near else ())


def change_settings_file(path: Path, name: str, texts: tuple[str, ...] | None) -> None:
    """
    Set a setting in the file, or take it out where *texts* is None; remarks and order stay.

    The file is written beside and put in place, for its owner alone.

    Raises:
        InvalidValue: The file is not understood as it is, so that a change could lose something.
        UnknownName: There is no such setting.
    """
    import tomlkit

    setting, _ = declared_setting(name)
    found = read_settings_file(path)
    if found.fault:
        raise InvalidValue("settings file", "", found.fault.rstrip("."), helps="Correct it first.")
    path = path.resolve()
    document = tomlkit.parse(path.read_text("utf-8") if path.exists() else "")
    parts = _split(name)
    table: Any = document
    for part in parts[:-1]:
        if part not in table:
            if texts is None:
                return
            table[part] = tomlkit.table(is_super_table=part == "providers")
        table = table[part]
        if not isinstance(table, dict):
            raise InvalidValue("settings file", "", f"in {path}, {part} is no table")
    if texts is None:
        table.pop(parts[-1], None)
    else:
        table[parts[-1]] = _written(setting, texts)
    _replace(path, tomlkit.dumps(document))


def _split(name: str) -> tuple[str, ...]:
    if name in COMMON_NAMES:
        return tuple(name.split("."))
    head, _, rest = name.partition(".")
    provider, _, own = rest.rpartition(".")
    return head, provider, own


def _written(setting: SettingDeclaration, texts: tuple[str, ...]) -> Any:
    if setting.kind in LISTED:
        return list(texts)
    text = texts[0]
    if setting.kind.numeric:
        return int(text) if text.isdigit() else float(text)
    return text == "yes" if setting.kind.flag else text


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _texts(name: str, value: Any) -> tuple[str, ...]:
    setting, _ = declared_setting(name)
    listed = isinstance(value, list) and setting.kind in LISTED
    # What is of another type stays a text that no check takes, so that it is told where it counts.
    return tuple(_text(one) for one in (value if listed else [value]))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _leaves(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any]]:
    for key, value in table.items():
        # A table where a value belongs is a faulty value, not settings of other names.
        if isinstance(value, dict) and not _declared((*above, key)):
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value


def _declared(parts: tuple[str, ...]) -> bool:
    try:
        declared_setting(".".join(parts))
    except UnknownName:
        return False
    return True


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each key; statements are read one by one, below their table's head."""
    lines: dict[tuple[str, ...], int] = {}
    head, statement, begin = "", "", 1
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        begin = begin if statement else number
        statement += line
        try:
            found = tomllib.loads(f"{head}\n{statement}")
        except tomllib.TOMLDecodeError:
            # A second head under one is a fault of this reading, not of the file.
            if statement.lstrip().startswith("["):
                head, statement = statement, ""
            continue
        if statement.lstrip().startswith("["):
            head = statement
        for parts, _ in _leaves(found):
            lines.setdefault(parts, begin)
        statement = ""
    return lines
