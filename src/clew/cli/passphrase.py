"""The passphrase of the key file: asked for on a terminal, once, and not shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache

PROMPT = "Passphrase of the key file: "


def passphrase_asker() -> Callable[[], str] | None:
    """What asks for it when a key is needed; None where there is no terminal."""
    from getpass import getpass

    return cache(lambda: getpass(PROMPT)) if sys.stdin.isatty() else None


def environment_with_passphrase() -> dict[str, str]:
    """
    The environment of a service, which can ask nobody later.

    Where keys lie in a locked file, it is asked for now; an empty one leaves the file locked.
    """
    from clew.engine.settings import Settings

    environment = dict(os.environ)
    ask = passphrase_asker()
    if ask is not None and Settings.of_environment(environment).secrets.is_locked:
        environment["CLEW_PASSPHRASE"] = ask()
    return environment
