"""The trust family: certificates and vulnerabilities."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.schema.entity_type import Property, entity_type
from clew.schema.value import Value

_FINGERPRINT = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})")
_SEPARATORS = re.compile(r"[:\s-]")
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_OTHER_ID = re.compile(r"(?=[^0-9]*[0-9])[A-Z][A-Z0-9]{1,19}(?:-[A-Z0-9]{1,19}){1,5}")


@entity_type(
    "certificate",
    label="Certificate",
    family="trust",
    icon="badge-check",
    properties=(
        Property("subject", "Subject"),
        Property("issuer", "Issuer"),
        Property("serial_number", "Serial number"),
        Property("issued", "Issued", "moment"),
        Property("expires", "Expires", "moment"),
    ),
    detect=r"(?:(?:[0-9a-f]{2}:){19}|(?:[0-9a-f]{2}:){31})[0-9a-f]{2}|[0-9a-f]{40}|[0-9a-f]{64}",
    detect_rank=110,
)
class Certificate(Value):
    """An X.509 certificate, known by its SHA-1 or SHA-256 fingerprint."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """Lower-case hexadecimal without colons."""
        digest = _SEPARATORS.sub("", text).lower()
        if not _FINGERPRINT.fullmatch(digest):
            raise InvalidValue("certificate", text, "a fingerprint has 40 or 64 hexadecimal digits")
        return digest


@entity_type(
    "vulnerability",
    label="Vulnerability",
    plural="Vulnerabilities",
    family="trust",
    icon="shield-alert",
    solid=False,
    properties=(
        Property("description", "Description"),
        Property("cvss", "CVSS score", "number"),
        Property("published", "Published", "moment"),
    ),
    detect=r"CVE-[0-9]{4}-[0-9]{4,19}",
    detect_rank=55,
)
class Vulnerability(Value):
    """A known weakness, by its CVE or a vendor's number."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """Upper case; ``CVE-YYYY-NNNN`` or an id of the same make (``MS12-027``)."""
        if not text.isascii():
            raise InvalidValue("vulnerability", text, "an id is ASCII")
        number = text.upper()
        if number.startswith("CVE") and not _CVE.fullmatch(number):
            raise InvalidValue("vulnerability", text, "a CVE reads CVE-YYYY-NNNN")
        if not _OTHER_ID.fullmatch(number):
            raise InvalidValue("vulnerability", text, "it is no id such as CVE-2012-0158")
        return number
