"""Who may enter: one-time tokens, the sessions that they give, and the key of changes."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

TOKEN_LIFE_S = 60.0
"""How long a token in a URL is good for, in seconds."""


@dataclass(slots=True)
class Pass:
    """
    What one service gives to the browsers that it lets in.

    A cookie goes to every port of this machine, so each service has a name of its own for it, and
    a key beside it that a page keeps where no other port's page can read it.
    """

    clock: Callable[[], float]
    """Seconds that only go on."""
    cookie: str = field(default_factory=lambda: f"clew-{secrets.token_hex(6)}")
    """The name of the cookie that holds a session."""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    """What a change must carry in a header."""
    _tokens: dict[str, float] = field(default_factory=dict, repr=False)
    _sessions: set[str] = field(default_factory=set, repr=False)

    def issue(self) -> str:
        """A new token for one use."""
        token = secrets.token_urlsafe(32)
        self._tokens[token] = self.clock() + TOKEN_LIFE_S
        return token

    def redeem(self, token: str) -> str | None:
        """The session that a token gives, once; None where it is unknown, used or too old."""
        dies = self._tokens.pop(token, None)
        if dies is None or self.clock() > dies:
            return None
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        return session

    def knows(self, session: str) -> bool:
        """Whether a session was given out."""
        return any(_same(session, known) for known in self._sessions)

    def opens(self, key: str) -> bool:
        """Whether it is the key of changes."""
        return _same(key, self.key)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
