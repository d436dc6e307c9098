"""The reference page of the settings, made from their declarations."""

from __future__ import annotations

from collections.abc import Iterable

from clew.engine.setting import COMMON, LISTED, OF_PROVIDER, SettingDeclaration
from clew.engine.settings_file import NAME

ENVIRONMENT = (
    ("CLEW_HOME", "The folder of all that is the user's own: settings, keys (`keys`), own types "
     "(`types/*.yaml`, `*.yml`), the ledger of quota (`quota.db`).", "`~/.config/clew`"),
    ("CLEW_PASSPHRASE", "Opens the encrypted key file.", "asked for in a terminal"),
    ("CLEW_<PROVIDER>_<KEY>", "A key, as `clew providers` names them.",
     "the keyring, then the key file"),
)  # fmt: skip
"""What is set by the environment alone: variable, what it sets, and what holds without it."""


def settings_page(note: str) -> str:
    """The page; *note* says what it is made by."""
    lines = [
        "# Settings",
        "This page lets you look up what can be set, where, and what holds otherwise.",
        note,
        f"Settings are in the file `{NAME}` in the user's folder (`CLEW_HOME`, else "
        "`~/.config/clew`), which is TOML and readable by its owner alone.",
        "A variable of the environment goes before the file, and the file before the default.",
        "`clew settings` shows all with their sources, `clew settings set NAME VALUE` and "
        "`clew settings unset NAME` change the file and keep its remarks, and the page has the "
        "same under *Settings*.",
        "What is not understood is told with its line.",
        "A setting that can't be what it is set to is never guessed: who depends on it is not "
        "asked, and says why.",
        "",
        "## For all",
        *_table(COMMON, ""),
        "",
        "## For one provider",
        "These stand below `[providers.NAME]`; names are those of `clew providers`.",
        *_table(OF_PROVIDER, "CLEW_<PROVIDER>_"),
        "",
        "## By the environment alone",
        "",
        "| variable | what it sets | default |",
        "|---|---|---|",
        *(f"| `{name}` | {about} | {default} |" for name, about, default in ENVIRONMENT),
        "",
        "## An example",
        "",
        "```toml",
        *_example(),
        "```",
    ]
    return "\n".join(lines) + "\n"


def _table(settings: Iterable[SettingDeclaration], head: str) -> list[str]:
    lines = ["", "| setting | variable | holds | what it sets | default |", "|---|---|---|---|---|"]
    for one in settings:
        named = f"{head}{one.variable.upper()}"
        kind = f"{one.kind}, by commas in a variable" if one.kind in LISTED else str(one.kind)
        default = one.default.strip("()") or "not set"
        lines.append(f"| `{one.name}` | `{named}` | {kind} | {one.helps} | {default} |")
    return lines


def _example() -> list[str]:
    by_table: dict[str, list[str]] = {}
    for one in COMMON:
        table, _, key = one.name.rpartition(".")
        by_table.setdefault(table, []).append(f"{key} = {_written(one)}")
    by_table["providers.threatconnect"] = [
        f"{one.name} = {_written(one)}" for one in OF_PROVIDER if one.name != "token_url"
    ]
    lines = []
    for table, entries in by_table.items():
        lines += [*(["", f"[{table}]"] if table else []), *entries]
    return lines


def _written(one: SettingDeclaration) -> str:
    if one.kind in LISTED:
        return f'["{one.example}"]'
    if one.kind.flag:
        return "true" if one.example == "yes" else "false"
    return one.example if one.kind.numeric else f'"{one.example}"'
