"""Where each provider is asked, with which keys, and what may go there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clew.engine.account import PERIODS, UNITS, ceiling_variable
from clew.engine.client import Reach
from clew.engine.secrets import Secrets, variable
from clew.errors import ContactRefused, InvalidValue, Refusal
from clew.model.marking import Marking
from clew.store.ledger import SpendingCeiling
from clew.transform.provider import Contact, Provider


@dataclass(frozen=True, slots=True)
class ProviderConfig:
    """How one provider is asked in this process."""

    provider: Provider
    base_url: str
    token_url: str
    ceiling: Marking
    keys: Mapping[str, str] = field(repr=False)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of which a program of this machine sees a few variables."""

    @property
    def reach(self) -> Reach:
        """Whom its requests may reach."""
        urls = [url for url in (self.base_url, self.token_url) if url]
        provider = self.provider
        return Reach.of(provider.label, provider.contact, *urls, relays=provider.relays)


class Settings:
    """Settings from the environment over the providers' own."""

    def __init__(self, environment: Mapping[str, str], secrets: Secrets) -> None:
        """Raises InvalidValue where the contact limit is none."""
        self._environment = environment
        self.secrets = secrets
        self.ledger_path = home(environment) / "quota.db"
        """The ledger of what was spent with each account."""
        self.contact_limit = _contact_limit(environment.get("CLEW_CONTACT_LIMIT", ""))
        """The highest contact class that may be asked."""

    @classmethod
    def of_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The settings of an environment and of the key store of its user."""
        keyring = environment.get("CLEW_KEYRING", "yes") != "no"
        return cls(environment, Secrets(environment, home(environment) / "keys", keyring=keyring))

    def base_url(self, provider: Provider) -> str:
        """Where it answers."""
        return self._environment.get(variable(provider.name, "url"), provider.base_url)

    def ceiling(self, provider: Provider) -> Marking:
        """The strictest marking that may go there."""
        ceiling = self._environment.get(variable(provider.name, "ceiling"), "")
        return Marking.parse(ceiling) if ceiling else provider.ceiling

    def spending_ceilings(self, provider: Provider) -> tuple[SpendingCeiling, ...]:
        """
        The most calls and credits of a day and of a month; none where nothing is set.

        Raises:
            InvalidValue: One is no number from 0 on.
        """
        found: list[SpendingCeiling] = []
        for unit in UNITS:
            for period in PERIODS:
                name = ceiling_variable(provider.name, unit, period)
                text = self._environment.get(name, "").strip()
                if text:
                    found.append(SpendingCeiling(unit, period, _most(name, text)))
        return tuple(found)

    def contact(self, provider: Provider) -> Contact:
        """The contact class with the configured address."""
        if provider.contact is Contact.LOCAL:
            return Contact.LOCAL
        url = self.base_url(provider)
        return Reach.of(provider.label, provider.contact, url, relays=provider.relays).contact

    def config_of(self, provider: Provider) -> ProviderConfig:
        """
        How the provider is asked.

        Raises:
            KeyMissing: A key is not configured.
            ContactRefused: It is retired, and no address of a replica or gateway is configured.
            Refusal: The user declared it, and did not enable it.
        """
        if provider.status == "disabled":
            raise Refusal(
                f"{provider.label} is declared and not enabled.",
                helps="Look at it (clew maltego list), then: clew maltego enable NAME.",
            )
        if provider.transport == "program":
            return ProviderConfig(provider, "", "", self.ceiling(provider), {}, self._environment)
        if provider.contact is Contact.LOCAL:
            return ProviderConfig(
                provider, provider.base_url, "", provider.ceiling, self.secrets.keys(provider)
            )
        base = self.base_url(provider)
        if provider.status == "retired" and base == provider.base_url:
            raise ContactRefused(
                f"{provider.label} is retired, its public service does not answer any more.",
                helps=f"Use {provider.successor}, or set {variable(provider.name, 'url')}.",
            )
        token = ""
        if provider.token is not None:
            token = self._environment.get(
                variable(provider.name, "token_url"), provider.token.base_url
            )
        return ProviderConfig(
            provider, base, token, self.ceiling(provider), self.secrets.keys(provider)
        )


def home(environment: Mapping[str, str]) -> Path:
    """The folder of the user's own settings: CLEW_HOME, or below the configuration folder."""
    if folder := environment.get("CLEW_HOME"):
        return Path(folder)
    base = environment.get("XDG_CONFIG_HOME") or f"{environment.get('HOME', '.')}/.config"
    return Path(base) / "clew"


def _most(name: str, text: str) -> float:
    try:
        most = float(text)
    except ValueError:
        most = -1.0
    if not 0 <= most < float("inf"):
        raise InvalidValue(
            "spending ceiling", text, "it is no number from 0 on", helps=f"Set {name}."
        )
    return most


def _contact_limit(text: str) -> Contact:
    if not text:
        return Contact.THIRD_PARTY
    classes = {str(one.value): one for one in Contact}
    if text not in classes:
        raise InvalidValue("contact limit", text, "it is 0 to 4", helps="Set CLEW_CONTACT_LIMIT.")
    return classes[text]
