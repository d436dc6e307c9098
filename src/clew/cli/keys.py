"""Commands about keys: write-only."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from clew.cli.session import registry

app = typer.Typer(no_args_is_help=True, help="Keys of providers; they are never shown.")
Provider = Annotated[str, typer.Argument(help="Name of the provider")]
Name = Annotated[str, typer.Argument(help="Name of the key, as 'clew providers' tells")]


@app.command("set")
def set_(provider: Provider, name: Name) -> None:
    """Keep a key, read from the terminal or from standard input."""
    from getpass import getpass

    from clew.cli.output import say

    secrets, found = _secrets(provider)
    typed = getpass("Key: ") if sys.stdin.isatty() else sys.stdin.readline(65_536)
    where = secrets.set(found, name, typed.strip())
    say(f"Kept in the {where}.")


@app.command("delete")
def delete(provider: Provider, name: Name) -> None:
    """Forget a key."""
    from clew.cli.output import say

    secrets, found = _secrets(provider)
    say("Forgotten." if secrets.delete(found, name) else "There was none.")


@app.command("test")
def test(provider: Provider) -> None:
    """Ask the provider whether it takes the keys."""
    from clew.cli.output import say
    from clew.cli.passphrase import passphrase_asker
    from clew.engine.check import check_keys
    from clew.engine.settings import Settings

    found = registry().provider(provider)
    say(check_keys(Settings.of_environment(os.environ, passphrase=passphrase_asker()), found))


def _secrets(provider: str) -> tuple[Any, Any]:
    from clew.cli.passphrase import passphrase_asker
    from clew.engine.settings import Settings

    settings = Settings.of_environment(os.environ, passphrase=passphrase_asker())
    return settings.secrets, registry().provider(provider)
