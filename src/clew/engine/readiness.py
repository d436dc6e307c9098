"""Whether a provider can be asked as things are, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clew.engine.settings import Settings
from clew.errors import ClewError, InvalidValue, KeyMissing
from clew.transform.provider import Contact, Provider


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands in a provider's way; nothing where it is ready."""

    where: Mapping[str, str]
    """Of each key, where it is kept: environment, keyring, file, or empty."""
    missing: tuple[str, ...] = ()
    """Names of keys that it lacks: of the set that lacks least, where several sets would do."""
    refused: str = ""
    """Why it can't be asked; a sentence, or empty."""
    helps: str = ""
    """What would help; a sentence, or empty."""

    locked: bool = False
    """Whether its keys are in a file that was not opened."""

    @property
    def ready(self) -> bool:
        """Whether it can be asked."""
        return not self.refused


def readiness(settings: Settings, provider: Provider) -> Readiness:
    """Whether a provider can be asked, by settings and keys; nothing is sent."""
    contact = settings.contact(provider)
    if contact is Contact.LOCAL:
        return Readiness({})
    try:
        where = settings.secrets.where(provider)
    except ClewError as error:
        # What is in the key file is not known.
        reason = error.reason if isinstance(error, InvalidValue) else error.what
        return Readiness(
            dict.fromkeys(_names(provider), ""), (),
            f"The key file is locked, so its keys are not known: {reason}.", error.helps,
            locked=True,
        )  # fmt: skip
    if settings.fault is not None:
        return Readiness(where, (), settings.fault.what, settings.fault.helps)
    if contact > settings.contact_limit:
        return Readiness(
            where,
            (),
            f"Its contact class {int(contact)} is over the limit {int(settings.contact_limit)}.",
            f"Set contact_limit to {int(contact)} to ask it (clew settings).",
        )
    try:
        settings.config_of(provider)
    except KeyMissing as error:
        return Readiness(where, error.missing, error.what, error.helps)
    except ClewError as error:
        return Readiness(where, (), error.what, error.helps)
    return Readiness(where)


def _names(provider: Provider) -> list[str]:
    return [key.name for key in provider.keys]
