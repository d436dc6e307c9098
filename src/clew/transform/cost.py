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
    """Most rows of one page; told where each is paid for, and counted before the page is asked."""
    quoted: bool = False
    """True where what is sold is bought once, and kept for good (see Transform.quote)."""

    def __post_init__(self) -> None:
        assert self.per != "row" or self.page_rows > 0, "paid rows come in pages of a known size"

    def estimate(self, expects: int | None) -> float:
        """Paid units of a look-up of which nothing is told but its usual number of findings."""
        return float(self.credits * (expects or 1)) if self.per == "row" else float(self.credits)

    def __str__(self) -> str:
        """As ``1 whois record a row``, or ``1 report each``; empty where nothing is paid."""
        each = "each" if self.unit == self.per else f"a {self.per}"
        return f"{self.credits} {self.unit or 'credits'} {each}" if self.credits else ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What the vendor says that a look-up will cost and bring."""

    credits: float
    unit: str
    expected: int | None = None
    """Rows it will bring; None where not told."""
    helps: str = ""
