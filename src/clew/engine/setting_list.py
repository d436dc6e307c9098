"""All settings as plain data, and their change: what the command line and the page share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from clew.engine.route import without_login
from clew.engine.secrets import variable
from clew.engine.setting import SettingDeclaration, SettingKind, check_setting
from clew.engine.setting_sources import SettingSources, SettingValue, texts_of
from clew.engine.settings_file import change_settings_file, declared_setting
from clew.errors import InvalidValue, UnknownName


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting with what holds for it; a proxy's login is not in it."""

    name: str
    kind: str
    value: str
    source: str
    """``environment``, ``file`` or ``default``."""
    place: str
    """The variable, or the file with the line; empty for a default."""
    default: str
    variable: str
    """The variable of the environment that goes before the file."""
    helps: str
    example: str
    problem: str
    """Why what is set can't be; a sentence, or empty."""


def setting_rows(sources: SettingSources, providers: Collection[str]) -> list[SettingRow]:
    """Every common setting, and of each provider those that are set."""
    return [_row(sources, found, providers) for found in sources.all(providers)]


def declared_row(declared: SettingDeclaration, provider: str = "") -> SettingRow:
    """A setting of which nothing is known but its declaration; of a provider, or of any."""
    name = f"providers.{provider or 'NAME'}.{declared.name}"
    return SettingRow(
        name, str(declared.kind), "", "default", "", declared.default,
        variable(provider or "<provider>", declared.variable), declared.helps, declared.example, "",
    )  # fmt: skip


def change_setting(
    sources: SettingSources, name: str, text: str | None, providers: Collection[str]
) -> str:
    """
    Set a setting in the file, or take it out where *text* is None; gives a sentence that says so.

    Raises:
        UnknownName: There is no such setting, or no such provider.
        InvalidValue: It can't hold that, or the file is not understood.
    """
    declared, provider = declared_setting(name)
    if text is not None:
        _require_provider(provider, providers)
        texts = texts_of(declared, text)
        if not any(texts):
            raise InvalidValue(name, "", "it is empty", helps="Take it out instead: unset.")
        check_setting(declared, texts)
        change_settings_file(sources.file.path, name, texts)
    else:
        change_settings_file(sources.file.path, name, None)
    done = f"{name} is {'no longer set' if text is None else 'set'} in {sources.file.path}."
    found = sources.find(name)
    if found.source == "environment":
        done += f" {found.place} of the environment goes before it."
    return done


def setting_problems(sources: SettingSources, providers: Collection[str]) -> list[str]:
    """What of the file is not understood, and what is set and can't be, as sentences."""
    rows = () if sources.file.fault else setting_rows(sources, providers)
    wrong = [f"{one.place}: {one.problem}" for one in rows if one.problem]
    return [*file_problems(sources), *wrong]


def file_problems(sources: SettingSources) -> list[str]:
    """What of the file is not understood, as sentences; what is set and can't be is its row's."""
    return [*filter(None, (sources.file.fault,)), *sources.file.problems]


def shown_value(found: SettingValue) -> str:
    """What holds, without a login."""
    if found.declared.kind in (SettingKind.PROXY, SettingKind.URL):
        return without_login(found.text)
    return found.text


def _row(sources: SettingSources, found: SettingValue, providers: Collection[str]) -> SettingRow:
    declared, provider = declared_setting(found.name)
    problem = ""
    try:
        sources.value(found.name)
        if found.source != "default":
            _require_provider(provider, providers)
    except (InvalidValue, UnknownName) as error:
        problem = str(error)
    named = variable(provider, declared.variable) if provider else declared.variable
    return SettingRow(
        found.name, str(declared.kind), shown_value(found), found.source, found.place,
        declared.default, named, declared.helps, declared.example, problem,
    )  # fmt: skip


def _require_provider(provider: str, providers: Collection[str]) -> None:
    if provider and provider not in providers:
        raise UnknownName("provider", provider, known=tuple(providers))
