"""Forms of transforms' settings: types, defaults, what is asked; kept beside declarations."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from clew.engine.maltego.declarations import ServerDeclaration
from clew.engine.maltego.server_client import ServerClient
from clew.engine.settings import home
from clew.errors import FileFault, InvalidValue
from clew.interop.maltego.configuration import Configuration
from clew.interop.maltego.discovery import read_transforms
from clew.interop.maltego.offers import Setting, TransformOffer
from clew.transform.request import Reply

FILE_NAME = "maltego-forms.json"
FILE_BYTES_MAX = 16 * 1024 * 1024
"""Largest file that is read."""
TEXT_LENGTH_MAX = 2_000
"""Longest name, label or default of a setting that is kept, in code points."""

Forms = dict[str, dict[str, tuple[Setting, ...]]]
"""Settings by server and transform."""


def load_forms(environment: Mapping[str, str]) -> Forms:
    """What is kept; nothing where there is none, or it is damaged: names alone make a form then."""
    try:
        with (home(environment) / FILE_NAME).open("rb") as file:
            data = file.read(FILE_BYTES_MAX + 1)
        return msgspec.json.decode(data[:FILE_BYTES_MAX], type=Forms)
    except (OSError, msgspec.DecodeError, RecursionError, UnicodeError):
        return {}


def save_forms(environment: Mapping[str, str], forms: Forms) -> None:
    """
    Write the file whole or not at all, readable by its owner only.

    Raises:
        FileFault: It can't be written.
    """
    path = home(environment) / FILE_NAME
    fresh = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(forms, order="sorted"))
        fresh.replace(path)
    except OSError as error:
        raise FileFault(Path(path), f"it can't be written: {error.strerror}") from error


def forms_of(
    server: ServerDeclaration,
    offered: Iterable[TransformOffer],
    secrets: Callable[[TransformOffer], frozenset[str]],
) -> dict[str, tuple[Setting, ...]]:
    """The forms of those transforms that *server* is declared with; defaults of keys are let go."""
    wanted = {one.name for one in server.offers}
    found: dict[str, tuple[Setting, ...]] = {}
    for one in offered:
        if one.name in wanted and one.settings:
            hidden = secrets(one)
            found[one.name] = tuple(_bounded_setting(it, hidden) for it in one.settings)
    return found


def offered_at(configuration: Configuration, url: str) -> list[TransformOffer]:
    """What a configuration tells of the transforms at an address."""
    return [
        one
        for server in configuration.servers
        if server.url.partition("?")[0] == url
        for one in server.offered
    ]


@dataclass(slots=True)
class ListeningClient(ServerClient):
    """Asks one server, and remembers the lists of transforms that it answered with."""

    offered: list[TransformOffer] = field(default_factory=list)

    async def get(self, url: str, **headers: str) -> Reply:
        """The reply to one request, listened to."""
        # Without arguments, super() fails in a dataclass that is made anew for its slots.
        reply = await ServerClient.get(self, url, **headers)
        try:
            self.offered += read_transforms(reply.body)[0]
        except InvalidValue:
            # A seed, or no answer to be used; who asked looks at that.
            return reply
        return reply


def _bounded_setting(one: Setting, secrets: frozenset[str]) -> Setting:
    secret = one.auth or one.name in secrets
    return replace(
        one,
        display=one.display[:TEXT_LENGTH_MAX],
        default="" if secret else one.default[:TEXT_LENGTH_MAX],
        auth=secret,
    )
