"""Where each setting comes from: the environment, then the file, then what is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clew.engine.secrets import variable
from clew.engine.setting import (
    COMMON,
    LISTED,
    OF_PROVIDER,
    PROVIDER_NAMES,
    SettingDeclaration,
    check_setting,
)
from clew.engine.settings_file import NAME, SettingsFile, declared_setting, read_settings_file
from clew.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class SettingValue:
    """What holds for one setting, and why."""

    name: str
    """Whole: ``network.proxy``, ``providers.NAME.proxy``."""
    declared: SettingDeclaration
    texts: tuple[str, ...]
    """Empty where nothing holds; several of a list only."""
    source: str
    """``environment``, ``file`` or ``default``."""
    place: str
    """The variable, or the file with the line; empty for what is declared."""

    @property
    def text(self) -> str:
        """Its one value; of a list all with commas; empty where nothing is set."""
        return ", ".join(self.texts)


class SettingSources:
    """The settings of one environment and of the file of its user."""

    def __init__(self, environment: Mapping[str, str], file: SettingsFile) -> None:
        self._environment = environment
        self.file = file

    @classmethod
    def of_environment(cls, environment: Mapping[str, str], folder: Path) -> SettingSources:
        """With the file of the user's folder, read now."""
        # Without a folder of the user's own there is no file: never one of where we happen to be.
        own = any(environment.get(name) for name in ("CLEW_HOME", "XDG_CONFIG_HOME", "HOME"))
        path = folder / NAME
        return cls(environment, read_settings_file(path) if own else SettingsFile(path))

    def value(self, name: str) -> SettingValue:
        """
        What holds, checked.

        Raises:
            UnknownName: There is no such setting.
            InvalidValue: What is set can't stand there, or the file is not understood.
        """
        found = self.find(name)
        if found.source == "default":
            if self.file.fault:
                what = self.file.fault.rstrip(".")
                raise InvalidValue("settings file", "", what, helps="Correct it (clew settings).")
            return found
        try:
            check_setting(found.declared, found.texts)
        except InvalidValue as error:
            helps = f"It is set by {found.place}. {error.helps}".strip()
            raise InvalidValue(error.kind, error.value, error.reason, helps=helps) from error
        return found

    def find(self, name: str) -> SettingValue:
        """What holds, as it is written; raises UnknownName."""
        declared, provider = declared_setting(name)
        named = variable(provider, declared.variable) if provider else declared.variable
        if text := self._environment.get(named, ""):
            texts = texts_of(declared, text)
            return SettingValue(name, declared, texts, "environment", named)
        if (placed := self.file.values.get(name)) is not None and any(placed.texts):
            place = f"{self.file.path.name}, line {placed.line}"
            return SettingValue(name, declared, placed.texts, "file", place)
        depends = not declared.default or declared.default.startswith("(")
        plain = () if depends else (declared.default,)
        return SettingValue(name, declared, plain, "default", "")

    def of_provider(self, provider: str, name: str) -> SettingValue:
        """One of a provider's own settings, checked; raises InvalidValue."""
        return self.value(f"providers.{provider}.{name}")

    def all(self, providers: Iterable[str]) -> Iterator[SettingValue]:
        """Every common setting, and of each provider those that are set."""
        for one in COMMON:
            yield self.find(one.name)
        for provider in dict.fromkeys((*providers, *self._providers_of_file())):
            for one in OF_PROVIDER:
                found = self.find(f"providers.{provider}.{one.name}")
                if found.source != "default":
                    yield found

    def _providers_of_file(self) -> tuple[str, ...]:
        names = (name for name in self.file.values if name.startswith("providers."))
        return tuple(
            name.removeprefix("providers.").rpartition(".")[0]
            for name in names
            if name.rpartition(".")[2] in PROVIDER_NAMES
        )


def texts_of(declared: SettingDeclaration, text: str) -> tuple[str, ...]:
    """What a person wrote for a setting: of a list its parts, with commas between."""
    if declared.kind in LISTED:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return (text.strip(),)
