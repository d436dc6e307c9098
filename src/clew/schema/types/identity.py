"""The identity family: who registers, writes and owns."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.schema.entity_type import Property, entity_type
from clew.schema.refang import refang
from clew.schema.types.hostname import to_a_label
from clew.schema.types.properties import RATED
from clew.schema.types.text import lower, name
from clew.schema.value import Value

LOCAL_LENGTH_MAX = 64
"""Longest part before the @, in characters (RFC 5321, section 4.5.3.1.1)."""

_EMAIL_TEXT_LENGTH_MAX = 512
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_PHONE_TEXT_LENGTH_MAX = 64
_EXTENSION = re.compile(r"\s*(?:extension|ext\.?|x)\s*([0-9]{1,8})$", re.IGNORECASE)
_PHONE_SEPARATORS = re.compile(r"[\s().\-/·]")


@entity_type(
    "email-address",
    label="E-mail address",
    plural="E-mail addresses",
    family="identity",
    icon="mail",
    properties=(
        *RATED,
        Property("name", "Name"),
        Property("organisation", "Organisation"),
        Property("country", "Country"),
        Property("domains_current", "Domains now", "integer"),
        Property("domains_historic", "Domains ever", "integer"),
    ),
    detect=r"(?:mailto:)?<?[^\s@<>,;:]{1,64}@[^\s@<>,;:]{3,253}>?",
    detect_rank=20,
    fixed=(
        r"^[a-z0-9_+-]{1,30}(?:\.[a-z0-9_+-]{1,30})?@"
        r"(?:[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?\.){1,4}[a-z](?:[a-z0-9-]{0,28}[a-z0-9])?$"
    ),
)
class EmailAddress(Value):
    """
    An e-mail address, wholly in lower case, its domain in A-labels.

    RFC 5321 lets a server tell upper from lower case before the @, but in practice none does,
    and whois, platforms and analysts write one mailbox in many cases; so case is no identity here.
    """

    @classmethod
    def canonical(cls, text: str) -> str:
        """``local@domain``; drops ``mailto:`` and angle brackets; raises InvalidValue."""
        if len(text) > _EMAIL_TEXT_LENGTH_MAX:
            raise InvalidValue("e-mail address", text, "it is too long")
        plain = refang(text)
        if plain[:7].lower() == "mailto:":
            plain = plain[7:]
        plain = plain.removeprefix("<").removesuffix(">")
        local, at, domain = plain.rpartition("@")
        local = lower(local)
        if not at:
            raise InvalidValue("e-mail address", text, "it has no @")
        if len(local) > LOCAL_LENGTH_MAX:
            raise InvalidValue("e-mail address", text, "the part before the @ is too long")
        if not _LOCAL.fullmatch(local):
            raise InvalidValue("e-mail address", text, "the part before the @ is malformed")
        domain = to_a_label(domain, kind="e-mail address")
        if "." not in domain:
            raise InvalidValue("e-mail address", text, "its domain has no dot")
        return f"{local}@{domain}"

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.rpartition("@")[2]


@entity_type(
    "person",
    label="Person",
    plural="People",
    family="identity",
    icon="user-round",
    solid=False,
    properties=(Property("country", "Country"), Property("organisation", "Organisation")),
)
class Person(Value):
    """A person or registrant, by the name that a record gives."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The name with single spaces, case kept."""
        return name("person", text)


@entity_type(
    "organisation",
    label="Organisation",
    family="identity",
    icon="building-2",
    solid=False,
    properties=(Property("country", "Country"), Property("iana_id", "IANA id", "integer")),
)
class Organisation(Value):
    """A company, registrar or other body, by the name that a record gives."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The name with single spaces, case kept."""
        return name("organisation", text)


@entity_type(
    "phone",
    label="Phone number",
    family="identity",
    icon="phone",
    properties=(Property("country", "Country"),),
    detect=r"(?:tel:)?(?:\+|00)[0-9][0-9\s().\-/]{5,30}",
    detect_rank=95,
)
class Phone(Value):
    """A telephone or fax number: ``+`` and digits where it is international, else digits."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """Separators dropped, ``00`` read as ``+``, an extension kept as ``x12``."""
        if len(text) > _PHONE_TEXT_LENGTH_MAX:
            raise InvalidValue("phone number", text, "it is too long")
        plain = text[4:] if text[:4].lower() == "tel:" else text
        extension = _EXTENSION.search(plain)
        if extension:
            plain = plain[: extension.start()]
        plain = plain.strip()
        if plain.startswith("+"):
            plain = plain.replace("(0)", "", 1)
        digits = _PHONE_SEPARATORS.sub("", plain)
        if digits.startswith("00"):
            digits = f"+{digits[2:]}"
        if not re.fullmatch(r"\+?[0-9]{3,20}", digits):
            raise InvalidValue("phone number", text, "it has 3 to 20 digits and separators")
        if digits.startswith("+0"):
            raise InvalidValue("phone number", text, "no country code starts with 0")
        return f"{digits}x{extension[1]}" if extension else digits
