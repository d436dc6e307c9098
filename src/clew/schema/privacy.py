"""Registrant addresses that belong to a privacy or proxy service, not to the registrant."""

from __future__ import annotations

import re

PRIVACY_DOMAINS = frozenset(
    {
        "1and1-private-registration.com",
        "anonymised.email",
        "contactprivacy.com",
        "contactprivacy.email",
        "customers.whoisprivacycorp.com",
        "dataprivacyprotected.de",
        "domaindiscreet.com",
        "domainprivacygroup.com",
        "domainsbyproxy.com",
        "gandi.net.privacy",
        "identity-protect.org",
        "identityprotect.org",
        "myprivacy.net",
        "myprivateregistration.com",
        "namebrightprivacy.com",
        "networksolutionsprivateregistration.com",
        "o-w-o.info",
        "privacyguardian.org",
        "privacyprotect.org",
        "privateregistration.com",
        "protecteddomainservices.com",
        "proxy.dreamhost.com",
        "regprivate.ru",
        "secureserver.net.privacy",
        "superprivacyservice.com",
        "whoisagent.com",
        "whoisguard.com",
        "whoisprivacyprotect.com",
        "whoisprivacyservice.org",
        "whoisproxy.org",
        "whoisprotection.cc",
        "withheldforprivacy.com",
        "yinsibaohu.aliyun.com",
    }
)
"""Domains (and all below them) at which such services take mail."""

_WORD = re.compile(
    r"(?:^|[.@_+-])(?:privacy|whois-?(?:guard|privacy|proxy|protect(?:ion)?|agent)"
    r"|privacy-?(?:protect(?:ion|ed)?|guard(?:ian)?|service)|domains?-?(?:privacy|by-?proxy)"
    r"|(?:id|identity)-?(?:protect(?:ion)?|shield)|redacted(?:-?for-?privacy)?"
    r"|private-?registration|withheld(?:-?for-?privacy)?)(?:$|[.@_+-])"
)


def is_privacy_service(email: str) -> bool:
    """Whether the canonical *email* is, by its domain or by its words, that of such a service."""
    name = email.rpartition("@")[2]
    while name:
        if name in PRIVACY_DOMAINS:
            return True
        name = name.partition(".")[2]
    return _WORD.search(email) is not None
