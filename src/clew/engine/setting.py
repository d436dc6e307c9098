"""The declaration of settings: names, what may stand there, and what each is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clew.engine.route import read_ca_bundle, read_proxy, read_ranges
from clew.errors import InvalidValue
from clew.model.marking import Marking
from clew.transform.provider import Contact


class SettingKind(StrEnum):
    """What a setting holds; each is told in one line of the reference."""

    URL = "address"
    PROXY = "proxy"
    FILE = "file of certificates"
    FILES = "list of files"
    RANGES = "list of address ranges"
    MARKING = "marking"
    CONTACT = "contact class"
    COUNT = "whole number"
    AMOUNT = "number"
    SECONDS = "seconds"
    FLAG = "yes or no"

    @property
    def numeric(self) -> bool:
        """Whether a number stands in the file."""
        return self in (self.CONTACT, self.COUNT, self.AMOUNT, self.SECONDS)

    @property
    def flag(self) -> bool:
        """Whether true or false stands in the file."""
        return self is SettingKind.FLAG


@dataclass(frozen=True, slots=True)
class SettingDeclaration:
    """One setting."""

    name: str
    """As in the file, dotted: ``network.proxy``; of a provider without ``providers.NAME.``."""
    kind: SettingKind
    variable: str
    """Of the environment: whole, or of a provider what follows ``CLEW_<PROVIDER>_``."""
    helps: str
    """What it sets, for the reference and the page."""
    default: str = ""
    """What holds where nothing is set; words in brackets where it depends."""
    example: str = ""


COMMON: tuple[SettingDeclaration, ...] = (
    SettingDeclaration("contact_limit", SettingKind.CONTACT, "CLEW_CONTACT_LIMIT",
            "The highest contact class that may be asked, 0 to 4.", "2", "1"),
    SettingDeclaration("keyring", SettingKind.FLAG, "CLEW_KEYRING",
            "Whether keys are kept in the system's keyring.", "yes", "no"),
    SettingDeclaration("network.proxy", SettingKind.PROXY, "CLEW_PROXY",
            "The proxy to the internet: http://, https:// or socks5:// with host and port, with a "
            "login where it wants one; or none.", "none", "http://proxy.example.org:3128"),
    SettingDeclaration("network.ca_bundle", SettingKind.FILE, "CLEW_CA_BUNDLE",
            "A PEM file of authorities that are trusted beside those of the system.", "",
            "/etc/ssl/company.pem"),
    SettingDeclaration("network.connect_s", SettingKind.SECONDS, "CLEW_CONNECT_S",
            "How long is waited for a connection.", "10", "30"),
    SettingDeclaration("network.total_s", SettingKind.SECONDS, "CLEW_TOTAL_S",
            "How long is waited for a whole reply.", "60", "180"),
    SettingDeclaration("marking.default", SettingKind.MARKING, "CLEW_DEFAULT_MARKING",
            "The marking of what carries none.", "TLP:GREEN", "TLP:AMBER"),
    SettingDeclaration("marking.ceiling", SettingKind.MARKING, "CLEW_MARKING_CEILING",
            "The strictest marking that leaves an investigation which says nothing else.",
            "TLP:AMBER", "TLP:GREEN"),
    SettingDeclaration("lists.sinkhole", SettingKind.FILES, "CLEW_SINKHOLES",
            "Own lists of sinkholes: a zone, address or CIDR block a line, # before remarks.", "",
            "/etc/clew/sinkholes.txt"),
    SettingDeclaration("lists.shared-hosting", SettingKind.FILES, "CLEW_SHARED_HOSTING",
            "Own lists of shared hosting.", "", "/etc/clew/hosting.txt"),
    SettingDeclaration("lists.cloud-hosting", SettingKind.FILES, "CLEW_CLOUD_HOSTING",
            "Own lists of cloud hosting.", "", "/etc/clew/cloud.txt"),
    SettingDeclaration("lists.parked", SettingKind.FILES, "CLEW_PARKED",
            "Own lists of parking.", "", "/etc/clew/parking.txt"),
)  # fmt: skip
"""What holds for all providers."""

OF_PROVIDER: tuple[SettingDeclaration, ...] = (
    SettingDeclaration("url", SettingKind.URL, "url",
            "Where it is asked: an instance, a gateway, a replica.", "(the vendor's)",
            "https://tip.example.org/api"),
    SettingDeclaration("token_url", SettingKind.URL, "token_url",
            "Where keys are traded for a token.", "(the vendor's)", "https://login.example.org"),
    SettingDeclaration("ceiling", SettingKind.MARKING, "ceiling",
            "The strictest marking that may be sent there.", "(the provider's, TLP:GREEN)",
            "TLP:AMBER"),
    SettingDeclaration("proxy", SettingKind.PROXY, "proxy",
            "The proxy to it; none goes there directly.", "(network.proxy)", "none"),
    SettingDeclaration("ca_bundle", SettingKind.FILE, "ca_bundle",
            "A PEM file of authorities that are trusted for it.", "(network.ca_bundle)",
            "/etc/ssl/tip.pem"),
    SettingDeclaration("own_ranges", SettingKind.RANGES, "own_ranges",
            "The addresses of an own instance. It is an own server then (contact class 1), and no "
            "other address is gone to.", "", "10.20.0.0/16"),
    SettingDeclaration("calls_per_day", SettingKind.COUNT, "calls_per_day",
            "The most requests of one UTC day.", "", "1000"),
    SettingDeclaration("calls_per_month", SettingKind.COUNT, "calls_per_month",
            "The most requests of one UTC month.", "", "20000"),
    SettingDeclaration("credits_per_day", SettingKind.AMOUNT, "credits_per_day",
            "The most paid units of one UTC day.", "", "10"),
    SettingDeclaration("credits_per_month", SettingKind.AMOUNT, "credits_per_month",
            "The most paid units of one UTC month.", "", "100"),
)  # fmt: skip
"""What can be set for each provider, below ``[providers.NAME]``."""

COMMON_NAMES: Mapping[str, SettingDeclaration] = {one.name: one for one in COMMON}
PROVIDER_NAMES: Mapping[str, SettingDeclaration] = {one.name: one for one in OF_PROVIDER}
LISTED = frozenset({SettingKind.FILES, SettingKind.RANGES})
"""Kinds that hold several values: a list in the file, commas elsewhere."""
SECONDS_MAX = 3_600.0
TEXTS_MAX = 100
"""Most values of one list."""


def check_setting(setting: SettingDeclaration, texts: tuple[str, ...]) -> None:
    """Raises InvalidValue where a setting can't hold these; one text where it is no list."""
    text = texts[0] if texts else ""
    match setting.kind:
        case SettingKind.URL:
            if not text.startswith(("https://", "http://")) or any(map(str.isspace, text)):
                raise InvalidValue(setting.name, text, "it is no http(s):// address")
        case SettingKind.PROXY:
            read_proxy(text)
        case SettingKind.FILE:
            read_ca_bundle(text)
        case SettingKind.FILES:
            _check_files(setting, texts)
        case SettingKind.RANGES:
            read_ranges(texts)
        case SettingKind.MARKING:
            Marking.parse(text)
        case SettingKind.CONTACT:
            read_contact(text)
        case SettingKind.COUNT | SettingKind.AMOUNT | SettingKind.SECONDS:
            read_number(setting, text)
        case SettingKind.FLAG:
            if text not in ("yes", "no"):
                raise InvalidValue(setting.name, text, "it is yes or no")


def read_contact(text: str) -> Contact:
    """A contact class from its number; raises InvalidValue."""
    classes = {str(one.value): one for one in Contact}
    if text not in classes:
        raise InvalidValue(
            "contact limit", text, "it is 0 to 4",
            helps="Set contact_limit (clew settings), or CLEW_CONTACT_LIMIT.",
        )  # fmt: skip
    return classes[text]


def read_number(setting: SettingDeclaration, text: str) -> float:
    """A number of at least 0, whole where the setting counts; raises InvalidValue."""
    whole = setting.kind is SettingKind.COUNT
    digits = text.replace(".", "", 0 if whole else 1)
    if not (digits.isascii() and digits.isdigit() and len(text) <= 12):
        raise InvalidValue(setting.name, text, f"it is no {setting.kind} from 0 on")
    number = float(text)
    if setting.kind is SettingKind.SECONDS and not 1 <= number <= SECONDS_MAX:
        raise InvalidValue(setting.name, text, f"it is 1 to {SECONDS_MAX:g} seconds")
    return number


def _check_files(setting: SettingDeclaration, texts: tuple[str, ...]) -> None:
    from pathlib import Path

    if len(texts) > TEXTS_MAX:
        raise InvalidValue(setting.name, "", f"there are more than {TEXTS_MAX}")
    for text in texts:
        path = Path(text).expanduser()
        if not path.is_absolute() or not path.is_file():
            raise InvalidValue("list", text, "it is no absolute path of a file that is there")
