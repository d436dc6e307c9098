"""Settings whose values are keys: sent with a run's requests, and written down nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import msgspec

from clew.engine.secrets import Secrets, variable
from clew.errors import KeyMissing
from clew.transform.contract import HIDDEN
from clew.transform.provider import Key, Keys, Provider

_HEAD = "setting:"


def key_name(setting: str) -> str:
    """The name under which the value of a secret setting can be kept as a key."""
    return re.sub(r"[^a-z0-9]+", "-", setting.lower()).strip("-") or "setting"


def keys_of_run(
    settings: str, values: Mapping[str, str], provider: Provider, secrets: Secrets
) -> dict[str, str]:
    """
    The values of a run's secret settings, as keys for signing.

    Args:
        settings: The run's settings as they are written down.
        values: Values by name, where this process began the run.
        provider: Who is asked.
        secrets: Where they are looked for otherwise, by their names as keys.

    Raises:
        KeyMissing: Another process began it, and a value is not kept as a key.
    """
    found = dict(values)
    for name, value in msgspec.json.decode(settings or "{}").items():
        if value != HIDDEN or name in values:
            continue
        key = key_name(name)
        stored = secrets.keys(replace(provider, keys=(Key(key, name, required=False),)))
        if key not in stored:
            raise KeyMissing(
                provider.label,
                f"needs the value of {name} again, which was not written down",
                helps=f"Set {variable(provider.name, key)} in the environment, or ask anew.",
            )
        found[name] = stored[key]
    return {f"{_HEAD}{name}": value for name, value in found.items()}


def values_of(keys: Keys, settings: Iterable[str]) -> dict[str, str]:
    """The values of secret settings among keys; of *settings* those that are kept by their name."""
    setting_of = {key_name(setting): setting for setting in settings}
    values = {setting_of[name]: value for name, value in keys.items() if name in setting_of}
    of_run = {
        name.removeprefix(_HEAD): value for name, value in keys.items() if name.startswith(_HEAD)
    }
    return values | of_run
