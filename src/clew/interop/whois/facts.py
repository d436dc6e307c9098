"""What an answer of a registry says: plain facts with dates, and what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clew.interop.exchange_graph import ImportProblem
from clew.model.moment import UNKNOWN, Moment

TEXT_LENGTH_MAX = 400
"""Longest value that is kept, in code points; more is cut."""
PROBLEMS_MAX = 200
"""Most problems that one reading tells; the last one then says that there are more."""


@dataclass(frozen=True, slots=True)
class WhoisContact:
    """One person or organisation of an answer; what is empty was not told, or withheld."""

    role: str
    """As RDAP names it: registrant, administrative, technical, billing, abuse, and others."""
    name: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    country: str = ""
    """As told: a code of two letters, or a name."""

    @property
    def has_identity(self) -> bool:
        """Whether it says anything of anyone; a country alone does."""
        return any((self.name, self.organisation, self.email, self.phone, self.country))


@dataclass(frozen=True, slots=True)
class WhoisFacts:
    """What one answer says of one domain, netblock or autonomous system."""

    subject: str
    """Canonical value of the type."""
    subject_type: str
    """``domain-name``, ``netblock`` or ``autonomous-system``."""
    name: str = ""
    """How the registry calls a netblock or an autonomous system."""
    country: str = ""
    """Of a netblock or an autonomous system, as told."""
    registrar: str = ""
    name_servers: tuple[str, ...] = ()
    """Canonical domain names in the order of the answer, each once."""
    statuses: tuple[str, ...] = ()
    """EPP names as ``clientHold`` (RFC 5731, section 2.3) where they are such; else as told."""
    contacts: tuple[WhoisContact, ...] = ()
    created: Moment = UNKNOWN
    updated: Moment = UNKNOWN
    expires: Moment = UNKNOWN
    lines: tuple[tuple[str, int], ...] = ()
    """Field and the line of a text (from 1) where it was first told; empty for RDAP."""

    def line_of(self, field: str) -> int:
        """The line where *field* was first told; 0 where that is not known."""
        return dict(self.lines).get(field, 0)


def problem_of(where: str, text: str, reason: str) -> ImportProblem:
    """A problem with its text cut to a readable length."""
    return ImportProblem(where, text[:120], reason)


def limit_problems(problems: list[ImportProblem]) -> list[ImportProblem]:
    """At most PROBLEMS_MAX problems, the last one telling how many were left out."""
    if len(problems) <= PROBLEMS_MAX:
        return problems
    left_out = len(problems) - PROBLEMS_MAX + 1
    return [*problems[: PROBLEMS_MAX - 1], ImportProblem("", "", f"{left_out} more problems")]


def one_line(text: str) -> str:
    """*text* on one line and cut; empty where nothing but ``REDACTED`` or a dash stands there."""
    text = " ".join(text[: 2 * TEXT_LENGTH_MAX].split())[:TEXT_LENGTH_MAX]
    return "" if _EMPTY.search(text) else text


def disclosed_text(text: str) -> str:
    """Of a contact: *text* on one line and cut; empty where it says that it is withheld."""
    text = one_line(text)
    return "" if _WITHHELD.search(text) else text


def email_of(text: str) -> str:
    """The first mail address in *text*; empty where there is none, or a privacy service's."""
    found = _EMAIL.search(text[: 2 * TEXT_LENGTH_MAX])
    return disclosed_text(found.group()) if found else ""


def status_of(text: str) -> str:
    """A status by its EPP name where it has one, without link and remark; else as told."""
    text = re.split(r"\s+https?:|\s*\(|\s+- |\s*#", one_line(text), maxsplit=1)[0].strip(" .")
    return _EPP.get(re.sub(r"[\s_-]", "", text).lower(), text)


_EPP = {
    name.lower(): name
    for name in (
        *("ok", "inactive", "addPeriod", "autoRenewPeriod", "renewPeriod", "transferPeriod"),
        *("redemptionPeriod", "pendingCreate", "pendingDelete", "pendingRenew"),
        *("pendingRestore", "pendingTransfer", "pendingUpdate", "clientHold", "serverHold"),
        *(
            f"{side}{act}Prohibited"
            for side in ("client", "server")
            for act in ("Delete", "Renew", "Transfer", "Update")
        ),
    )
}
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE
)
_EMPTY = re.compile(r"redacted|^[\s.\-_*/]*$|^(?:n/?a|none|null|not applicable)$", re.IGNORECASE)
_WITHHELD = re.compile(
    r"withheld|not disclosed|non-?disclosure|data protected|not public|non-public"
    r"|gdpr|statutory mask|\bmasked\b|rdds service|rdap service|hidden (?:upon|by|for)"
    r"|privacy|privateregistration|private (?:person|registration|whois)|whois ?guard"
    r"|(?:domains?|whois|protected|registration) ?by ?proxy|domainsbyproxy|proxy (?:service|llc)"
    r"|perfect privacy|identity protect|whois protect|whoisproxy|whois agent|can ?not be publicly"
    r"|select (?:request|contact) |^https?://"
    r"|^(?:nil|unknown|not (?:available|provided|set)|undisclosed|private|hidden"
    r"|no (?:name|e-?mail|data))\.?$",
    re.IGNORECASE,
)
