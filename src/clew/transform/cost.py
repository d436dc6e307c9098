"""What a look-up costs, and by what a vendor bills it: call, page, row or report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Per = Literal["call", "page", "row", "report"]
"""
What a vendor bills by: each question (the further pages of its listing belong to it), each page of
a listing, each row that a page brings, or a whole look-up once.
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What is paid for in one look-up, and by what it is billed."""

    calls: int = 1
    """Requests when the answer fits one page."""
    credits: int = 0
    """Paid units of the vendor's account, of each *per*; 0 where reads are free."""
    unit: str = ""
    per: Per = "call"
    page_rows: int = 0
    """Most rows of one answer, as the vendor declares it; told where each row is paid for."""
    page_limit: str = ""
    """
    The query parameter by which an answer is bound to fewer rows, so that no more are asked for
    than may be paid. Where it is empty nothing bounds one: each needs a grant for all *page_rows*,
    whatever the vendor counted.
    """
    quoted: bool = False
    """True where what is sold is bought once, and kept for good (see Transform.quote)."""

    def __post_init__(self) -> None:
        assert self.per != "row" or self.page_rows > 0, "paid rows come in answers of a known most"

    @property
    def unbounded(self) -> bool:
        """Whether as many rows come, and are paid for, as the vendor chooses to send."""
        return self.per == "row" and not self.page_limit

    def estimate(self, expects: int | None) -> float:
        """Paid units of a look-up of which nothing is told but its usual number of findings."""
        if self.per != "row":
            return float(self.credits)
        return float(self.credits * (self.page_rows if self.unbounded else expects or 1))

    def least(self, look_ups: int) -> float:
        """Paid units that so many look-ups cost whatever their vendor counts or quotes."""
        # A history may have no row at all; where none has one, nothing is worth asking for.
        return float(self.credits * (min(look_ups, 1) if self.per == "row" else look_ups))

    def __str__(self) -> str:
        """As ``1 whois record a row``, or ``1 report each``; empty where nothing is paid."""
        if not self.credits:
            return ""
        each = "each" if self.unit == self.per else f"a {self.per}"
        most = f", unbounded: up to {self.page_rows} rows an answer" if self.unbounded else ""
        return f"{self.credits} {self.unit or 'credits'} {each}{most}"


@dataclass(frozen=True, slots=True)
class Quote:
    """What the vendor says that a look-up will cost and bring."""

    credits: float
    unit: str
    expected: int | None = None
    """Rows it will bring; None where not told."""
    helps: str = ""
