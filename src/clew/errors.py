"""
The tree of errors. Each class is one answer to "what can the caller do?".

    ClewError
    ├── InvalidValue            fix the value
    ├── UnknownName             choose another name
    ├── TooLarge                split the investigation
    ├── FileFault               the investigation file can't be used as it is
    │   ├── ForeignFile         open another file
    │   ├── NewerFile           install a newer Clew
    │   ├── DamagedFile         read what is left, then restore a copy
    │   ├── DiskFull            make room
    │   ├── ReadOnly            write elsewhere, or get leave to write there
    │   └── FileBusy            wait for, or end, the other process
    ├── Refusal                 our own rule forbids it: change the setting or the request
    │   ├── OverBudget          raise the budget, or narrow the request
    │   └── ContactRefused      raise the contact limit
    └── ProviderFault           the other side
        ├── KeyMissing          add a key
        ├── KeyRefused          check the key
        ├── NotEntitled         ask the vendor for the product
        ├── ProviderLimited     wait
        ├── RequestRejected     fix the request
        ├── TooMuch             narrow the request
        ├── ProviderDown        try later
        └── BadReply            report it to the vendor or to us
"""

from __future__ import annotations

from typing import Any

QUOTED_LENGTH_MAX = 120
"""Longest piece of a foreign value that a message repeats, in code points."""


def quote_value(value: object) -> str:
    """A foreign value for a message: quoted, control characters escaped, cut with a mark."""
    text = repr(str(value))
    return text if len(text) <= QUOTED_LENGTH_MAX else f"{text[:QUOTED_LENGTH_MAX]}…'"


class ClewError(Exception):
    """Base of all errors that a caller is meant to see."""

    what: str
    helps: str

    def __init__(self, what: str, *, helps: str = "") -> None:
        """
        Args:
            what: What happened, to what; a sentence without a secret in it.
            helps: What the reader can do; a sentence, or empty.
        """
        super().__init__(f"{what} {helps}".strip())
        self.what = what
        self.helps = helps

    def __reduce__(self) -> tuple[Any, ...]:
        # An error is made from parts that its message does not tell, so it travels as it is.
        return _unreduced, (type(self), self.args, self.__dict__)


def _unreduced(kind: type[ClewError], args: tuple[Any, ...], parts: dict[str, Any]) -> ClewError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(parts)
    return error


class InvalidValue(ClewError):
    """A value that its type refuses."""

    def __init__(self, kind: str, value: object, reason: str, *, helps: str = "") -> None:
        # A whole file is not quoted: then the value is empty.
        shown = quote_value(value) if value != "" else "This"
        super().__init__(f"{shown} is not a valid {kind}: {reason}.", helps=helps)
        self.kind = kind
        self.value = value
        self.reason = reason


class UnknownName(ClewError):
    """A name (type, transform, graph, provider, step) that nothing here answers to."""

    def __init__(self, kind: str, name: str, *, known: tuple[str, ...] = ()) -> None:
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=3)
        helps = f"Did you mean {', '.join(near)}?" if near else ""
        if not near and known:
            helps = f"Known: {', '.join(sorted(known)[:20])}."
        super().__init__(f"There is no {kind} named {quote_value(name)}.", helps=helps)
        self.kind = kind
        self.name = name


class TooLarge(ClewError):
    """More than one investigation, or one file, can hold."""

    def __init__(self, what: str, most: int, *, of: str = "investigation") -> None:
        super().__init__(f"There are too many {what} for one {of} (at most {most}).")
        self.most = most


class FileFault(ClewError):
    """The investigation file can't be used as asked."""

    def __init__(self, path: object, what: str, *, helps: str = "") -> None:
        super().__init__(f"{path}: {what}", helps=helps)
        self.path = str(path)


class ForeignFile(FileFault):
    """The file is not an investigation."""


class NewerFile(FileFault):
    """The file was written by a newer version."""


class DamagedFile(FileFault):
    """The file is truncated or was altered outside of Clew."""

    def __init__(
        self, path: object, what: str, *, readable_seq: int | None = None, helps: str = ""
    ) -> None:
        super().__init__(path, what, helps=helps)
        self.readable_seq = readable_seq
        """The last change that can still be read and trusted; None where nothing can."""


class DiskFull(FileFault):
    """There is no room for what was to be written; what was there stays."""


class ReadOnly(FileFault):
    """The file, its folder or its disk can be read and not written."""


class FileBusy(FileFault):
    """Another process holds the file."""


class Refusal(ClewError):
    """One of our own rules forbids it."""


class OverBudget(Refusal):
    """More calls or credits than the caller allowed."""

    def __init__(self, what: str, *, reason: str = "", helps: str = "") -> None:
        """
        Args:
            what: What happened, as for all errors.
            reason: The bound in words, to end a sentence with: "the run may make 3 calls".
            helps: What the reader can do.
        """
        super().__init__(what, helps=helps)
        self.reason = reason or what


class ContactRefused(Refusal):
    """The request would leave the contact class or the provider's own hosts."""


class ProviderFault(ClewError):
    """The provider did not answer as needed."""

    def __init__(
        self, provider: str, what: str, *, status: int | None = None, helps: str = ""
    ) -> None:
        code = f" ({status})" if status is not None else ""
        super().__init__(f"{provider} {what}{code}.", helps=helps)
        self.provider = provider
        self.status = status


class KeyMissing(ProviderFault):
    """A key is not configured."""

    def __init__(
        self, provider: str, what: str, *, missing: tuple[str, ...] = (), helps: str = ""
    ) -> None:
        super().__init__(provider, what, helps=helps)
        self.missing = missing
        """Names of the keys that are not there."""


class KeyRefused(ProviderFault):
    """The provider does not accept the key."""


class NotEntitled(ProviderFault):
    """The key is good, but this product is not in the account."""


class ProviderLimited(ProviderFault):
    """Rate limit or quota; may be tried again later."""

    def __init__(
        self,
        provider: str,
        what: str,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
        quota: bool = False,
        helps: str = "",
    ) -> None:
        super().__init__(provider, what, status=status, helps=helps)
        self.retry_after_s = retry_after_s
        """What the provider asked to wait, in seconds; None where it said nothing."""
        self.quota = quota
        """True where an allowance is used up, so that a retry within the run is useless."""


class RequestRejected(ProviderFault):
    """The provider says that the request is wrong."""


class TooMuch(ProviderFault):
    """The answer is larger than the provider gives; a retry is useless."""


class ProviderDown(ProviderFault):
    """No answer, a broken answer, or a server error; may be tried again."""

    def __init__(
        self,
        provider: str,
        what: str,
        *,
        status: int | None = None,
        helps: str = "",
        sent: bool = True,
        again: bool = True,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(provider, what, status=status, helps=helps)
        self.sent = sent
        """False where no connection came about, so that nothing left."""
        self.again = again
        """False where another try can't go better before something is changed."""
        self.retry_after_s = retry_after_s
        """What the provider asked to wait, in seconds; None where it said nothing."""


class BadReply(ProviderFault):
    """An answer that is not in the provider's format, or over our bounds."""
