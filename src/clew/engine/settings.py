"""Where each provider is asked, with which keys, by which way, and what may go there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from clew.engine.account import PERIODS, UNITS
from clew.engine.addresses import is_loopback
from clew.engine.bounds import Bounds
from clew.engine.client import Reach
from clew.engine.route import DIRECT, Route, read_ca_bundle, read_proxy, read_ranges, without_login
from clew.engine.secrets import Secrets, variable
from clew.engine.setting import read_contact
from clew.engine.setting_sources import SettingSources
from clew.errors import ClewError, ContactRefused, InvalidValue, Refusal
from clew.model.marking import DEFAULT_CEILING, DEFAULT_MARKING, TLP, Marking
from clew.schema.lists import ListIndex
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
    route: Route = DIRECT
    """The way to it."""
    lists: ListIndex | None = None
    """The user's own lists of states, for what is worked out on this machine."""

    @property
    def reach(self) -> Reach:
        """Whom its requests may reach."""
        urls = [url for url in (self.base_url, self.token_url) if url]
        provider = self.provider
        return Reach.of(
            provider.label, provider.contact, *urls, route=self.route, relays=provider.relays
        )


class Settings:
    """The user's settings over the providers' own; the reference is docs/reference/settings.md."""

    def __init__(
        self,
        environment: Mapping[str, str],
        secrets: Secrets,
        sources: SettingSources | None = None,
    ) -> None:
        """Raises InvalidValue where the environment's contact limit is none."""
        self._environment = environment
        self.secrets = secrets
        self.sources = sources or SettingSources.of_environment(environment, home(environment))
        self.ledger_path = home(environment) / "quota.db"
        """The ledger of what was spent with each account."""
        self.fault: ClewError | None = None
        """What is wrong with the contact limit in the file; then nobody is asked."""
        self.contact_limit = self._contact_limit()
        """The highest contact class that may be asked."""

    @classmethod
    def of_environment(
        cls, environment: Mapping[str, str], *, passphrase: Callable[[], str] | None = None
    ) -> Settings:
        """The settings of an environment, and of the settings file and key store of its user."""
        sources = SettingSources.of_environment(environment, home(environment))
        keyring = sources.find("keyring").text != "no"
        secrets = Secrets(
            environment, home(environment) / "keys", keyring=keyring, passphrase=passphrase
        )
        return cls(environment, secrets, sources)

    def bounds(self) -> Bounds:
        """The bounds of a run, with the times that are set; raises InvalidValue."""
        connect, total = (
            float(self.sources.value(f"network.{one}").text) for one in ("connect_s", "total_s")
        )
        return Bounds(connect_s=connect, total_s=total)

    def marking(self, name: str) -> Marking:
        """``default`` or ``ceiling`` of the markings; raises InvalidValue."""
        return Marking.parse(self.sources.value(f"marking.{name}").text)

    @property
    def default_marking(self) -> Marking:
        """How what carries no marking counts; as the strictest where what is set can't be."""
        try:
            return self.marking("default").filled(DEFAULT_MARKING)
        except InvalidValue:
            # Looking goes on, and nothing leaves unnamed; the settings say what is wrong.
            return Marking(TLP.RED)

    @property
    def ceiling_tlp(self) -> TLP:
        """The strictest TLP that leaves without being named; raises InvalidValue for TLP:RED."""
        tlp = self.marking("ceiling").tlp or DEFAULT_CEILING
        if tlp is TLP.RED:
            raise InvalidValue(
                "ceiling", "TLP:RED", "it can't stand in the settings",
                helps="TLP:RED leaves where it is named each time: --ceiling RED.",
            )  # fmt: skip
        return tlp

    @property
    def certain_ceiling_tlp(self) -> TLP:
        """The same where nobody can be told what is wrong with it: then nothing marked leaves."""
        try:
            return self.ceiling_tlp
        except InvalidValue:
            return TLP.CLEAR

    def base_url(self, provider: Provider) -> str:
        """Where it answers; raises InvalidValue."""
        return self._text(provider, "url") or provider.base_url

    def shown_url(self, provider: Provider) -> str:
        """Where it answers, for a list: without a login, empty where what is set can't be."""
        try:
            return without_login(self.base_url(provider))
        except InvalidValue:
            return ""

    def on_this_machine(self, provider: Provider) -> bool:
        """Whether it answers on this machine, as replicas do; a faulty address is not known to."""
        if provider.contact is Contact.LOCAL:
            return True
        return is_loopback(urlsplit(self.shown_url(provider)).hostname or "")

    def ceiling(self, provider: Provider, *, of_all: TLP | None = None) -> Marking:
        """
        The strictest marking that may go there; raises InvalidValue.

        What a user named for it stands; what it comes with is bounded by the ceiling of all, by
        ceiling_tlp where none is given.
        """
        ceiling = self._text(provider, "ceiling")
        if ceiling:
            return Marking.parse(ceiling)
        if provider.user_declared:
            return provider.ceiling
        highest = self.ceiling_tlp if of_all is None else of_all
        return replace(provider.ceiling, tlp=min(provider.ceiling.tlp, highest))

    def spending_ceilings(self, provider: Provider) -> tuple[SpendingCeiling, ...]:
        """The most calls and credits of a day and of a month; raises InvalidValue."""
        found: list[SpendingCeiling] = []
        for unit in UNITS:
            for period in PERIODS:
                if text := self._text(provider, f"{unit}_per_{period}"):
                    found.append(SpendingCeiling(unit, period, float(text)))
        return tuple(found)

    def route(self, provider: str) -> Route:
        """The way to a provider, by its name; raises InvalidValue."""
        sources = self.sources
        proxy = sources.of_provider(provider, "proxy").text or sources.value("network.proxy").text
        bundle = sources.of_provider(provider, "ca_bundle").text
        bundle = bundle or sources.value("network.ca_bundle").text
        ranges = sources.of_provider(provider, "own_ranges").texts
        return Route(
            read_proxy(proxy), read_ca_bundle(bundle) if bundle else "", read_ranges(ranges)
        )

    def route_words(self, provider: Provider) -> str:
        """The way to a provider for its plan; empty where it is plain; raises InvalidValue."""
        if provider.contact is Contact.LOCAL or provider.transport == "program":
            return ""
        if self.fault is not None:
            raise self.fault
        host = urlsplit(self.base_url(provider)).hostname or ""
        route = self.route(provider.name)
        return "" if is_loopback(host) else route.sentence(host)

    def contact(self, provider: Provider) -> Contact:
        """The contact class with the configured address; the declared one where that is faulty."""
        if provider.contact is Contact.LOCAL:
            return Contact.LOCAL
        try:
            url, route = self.base_url(provider), self.route(provider.name)
        except InvalidValue:
            return provider.contact
        urls = (url, self._token_url(provider)) if provider.token is not None else (url,)
        return Reach.of(
            provider.label, provider.contact, *urls, route=route, relays=provider.relays
        ).contact

    def config_of(self, provider: Provider) -> ProviderConfig:
        """
        How the provider is asked.

        Raises:
            KeyMissing: A key is not configured.
            InvalidValue: A setting of it can't be as it is.
            ContactRefused: It is retired, and no address of a replica or gateway is configured.
            Refusal: The user declared it, and did not enable it.
        """
        if provider.status == "disabled":
            raise Refusal(
                f"{provider.label} is declared and not enabled.",
                helps="Look at it (clew maltego list), then: clew maltego enable NAME.",
            )
        if self.fault is not None and provider.contact is not Contact.LOCAL:
            raise self.fault
        if provider.transport == "program":
            return ProviderConfig(provider, "", "", self.ceiling(provider), {}, self._environment)
        if provider.contact is Contact.LOCAL:
            return ProviderConfig(
                provider, provider.base_url, "", provider.ceiling, self.secrets.keys(provider),
                lists=self.own_lists(),
            )  # fmt: skip
        # What can't be as it is set is told before anything is asked.
        self.bounds()
        self.spending_ceilings(provider)
        base = self.base_url(provider)
        if provider.status == "retired" and base == provider.base_url:
            raise ContactRefused(
                f"{provider.label} is retired, its public service does not answer any more.",
                helps=f"Use {provider.successor}, or set {variable(provider.name, 'url')}.",
            )
        return ProviderConfig(
            provider, base, self._token_url(provider), self.ceiling(provider),
            self.secrets.keys(provider), route=self.route(provider.name),
        )  # fmt: skip

    def own_lists(self) -> ListIndex | None:
        """The user's own lists of states; None where there are none; raises InvalidValue."""
        from clew.engine.own_lists import read_own_lists

        return read_own_lists(self.sources)

    def _text(self, provider: Provider, name: str) -> str:
        return self.sources.of_provider(provider.name, name).text

    def _token_url(self, provider: Provider) -> str:
        if provider.token is None:
            return ""
        return self._text(provider, "token_url") or provider.token.base_url

    def _contact_limit(self) -> Contact:
        found = self.sources.find("contact_limit")
        if found.source == "environment":
            return read_contact(found.text)
        try:
            return read_contact(self.sources.value("contact_limit").text)
        except InvalidValue as error:
            self.fault = error
            return Contact.LOCAL


def usable_bounds(settings: Settings) -> Bounds:
    """Its bounds, or the usual ones; where its times are faulty, config_of lets nobody be asked."""
    try:
        return settings.bounds()
    except InvalidValue:
        return Bounds()


def home(environment: Mapping[str, str]) -> Path:
    """The folder of the user's own settings: CLEW_HOME, or below the configuration folder."""
    if folder := environment.get("CLEW_HOME"):
        return Path(folder)
    base = environment.get("XDG_CONFIG_HOME") or f"{environment.get('HOME', '.')}/.config"
    return Path(base) / "clew"
