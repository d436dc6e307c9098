"""What a transform is handed: its provider's service for one task, within all bounds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Protocol
from urllib.parse import urlencode

import msgspec

from clew.engine.bounds import Bounds
from clew.engine.budget import LookupMeter
from clew.engine.page_size import with_rows
from clew.engine.reply_marking import over_default, reply_marking, told_marking
from clew.engine.session import ProviderAnswer
from clew.engine.settings import ProviderConfig
from clew.errors import OverBudget, quote_value
from clew.model.journal import Exchange
from clew.model.marking import DEFAULT_MARKING, UNMARKED, Marking, strictest
from clew.model.provenance import Completeness, Extent
from clew.schema.lists import ListIndex
from clew.store.replies import StoredReply
from clew.transform.contract import FREE, HIDDEN, Cost
from clew.transform.provider import Pager
from clew.transform.request import Path, Request, build_request
from clew.transform.row import Row

KEY_LENGTH_MIN = 4
"""Shortest key that is taken out of texts, in code points."""


class Requester(Protocol):
    """Answers requests: a session with a provider, or stored replies."""

    config: ProviderConfig
    bounds: Bounds

    async def ask(
        self, request: Request, *, meter: LookupMeter, purchase: bool = False
    ) -> ProviderAnswer:
        """The answer to an unsigned request; what is sent for it is counted by *meter*."""
        ...

    async def sized(
        self, request: Request, cost: Cost, rows_max: int, *, meter: LookupMeter
    ) -> Request | None:
        """
        The request for a page of paid rows: as one is kept, or of so many as may be paid for.

        None where the vendor counted no rows. What asking for the count costs is counted by
        *meter*; raises what that raises.
        """
        ...

    def own(self, request: Request) -> Request:
        """A next page that the provider names; raises BadReply where it is not its own."""
        ...


class TaskApi:
    """The Api of one task (transform.contract.Api); keeps what was asked and how much came."""

    def __init__(
        self,
        requester: Requester,
        *,
        rows_max: int | None = None,
        meter: LookupMeter | None = None,
        cost: Cost = FREE,
        properties: Mapping[str, str] | None = None,
        default: Marking = DEFAULT_MARKING,
    ) -> None:
        """
        Args:
            requester: Answers requests.
            rows_max: Most rows of a listing; the requester's bound where None.
            meter: Counts what is sent.
            cost: What a look-up costs; pages of paid rows are asked for by it.
            properties: What is known of the input and may be sent.
            default: How what carries no marking counts.
        """
        self._requester = requester
        self._default = default
        self.properties: Mapping[str, str] = properties or {}
        self.meter = meter or LookupMeter()
        """What was sent for this task."""
        self._cost = cost
        self.rows_max = min(rows_max or requester.bounds.rows, requester.bounds.rows)
        self.exchanges: list[Exchange] = []
        self.replies: dict[str, StoredReply] = {}
        self.rows: list[Row] = []
        """Answers, for their problems."""
        self.problems: list[str] = []
        """What is wrong with more than one answer."""
        self.moved = 0
        """Answers that came from another path than was asked."""
        self.marking = UNMARKED
        """The strictest that stands in what came so far."""
        self.markings: dict[str, Marking] = {}
        """That of each reply, by digest, and of those before it, which led to it."""
        self.cached = 0
        self.cut: Completeness | None = None
        self.over_budget = False
        """Whether something was not asked because the run may spend no more."""
        self.received = 0
        self.totals: list[int | None] = []
        """How many rows each listing has that was read to its end; None where none is told."""
        self._fresh = False
        """Whether the latest answer was asked now, and not kept."""

    @property
    def latest(self) -> Exchange | None:
        """The exchange whose rows are being read."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def lists(self) -> ListIndex | None:
        """The user's own lists of states."""
        return self._requester.config.lists

    async def get(self, path: Path, /, *, purchase: bool = False, **query: object) -> Row:
        """One answer."""
        return await self._ask(self._request(path, query), purchase=purchase)

    async def post(
        self, path: Path, /, *, json: object = None, form: dict[str, str] | None = None
    ) -> Row:
        """One answer to a request with a body."""
        if form is not None:
            body, media = urlencode(form).encode(), "application/x-www-form-urlencoded"
        else:
            body, media = msgspec.json.encode(json), "application/json"
        config = self._requester.config
        request = build_request(
            config.provider.label, config.base_url, path, method="POST", body=body, media_type=media
        )
        return await self._ask(request)

    def without_keys(self, text: str) -> str:
        """A text with the provider's keys taken out; ones that are in every text stay."""
        for key in self._requester.config.keys.values():
            if len(key) >= KEY_LENGTH_MIN:
                text = text.replace(key, HIDDEN)
        return text

    async def ask(self, request: Request, /) -> Row:
        """One answer to a request whose URL is a path at the provider's own address."""
        return await self._ask(request.at(self._requester.config.base_url))

    async def pages(
        self, path: Path, /, *, pager: Pager | None = None, **query: object
    ) -> AsyncIterator[Row]:
        """The rows of all pages, up to the run's limits; a page that comes again ends them."""
        read = pager or self._requester.config.provider.pager
        request: Request | None = self._request(path, query)
        so_far, total = 0, None
        asked: set[str] = set()
        for _ in range(self._requester.bounds.pages):
            if request is None:
                break
            asked.add(self._fingerprint(request))
            try:
                sized, answer = await self._ask_page(request, so_far, further=len(asked) > 1)
            except OverBudget as stop:
                if len(asked) == 1:
                    raise
                self._cut(so_far, total, stop.reason)
                return
            if sized is None:
                request, total = None, total or 0
                break
            page = read(sized, answer, so_far)
            total = page.total if page.total is not None else total
            over = self._settle_rows(len(page.rows), None if total is None else total - so_far)
            for row in page.rows:
                if so_far >= self.rows_max:
                    self._cut(so_far, total, f"the run takes {self.rows_max} rows at most")
                    return
                so_far += 1
                self.received += 1
                yield row
            if page.cut:
                self._cut(so_far, total, page.cut)
            if over:
                self._cut(so_far, total, f"the provider sold {over} rows more than were asked for")
                return
            request = page.next
            if request is not None:
                request = self._requester.own(self._full_page(request))
                if self._fingerprint(request) in asked:
                    self.problems.append("the provider names a page again")
                    self._cut(so_far, total, "the provider names a page again")
                    return
                if so_far >= self.rows_max and (total is None or so_far < total):
                    self._cut(so_far, total, f"the run takes {self.rows_max} rows at most")
                    return
        if request is not None:
            self._cut(so_far, total, f"the run reads {self._requester.bounds.pages} pages at most")
        elif total is not None and so_far < total and self.cut is None:
            self._cut(so_far, total, "the vendor tells more than it gave")
        self.totals.append(total)

    def _mark(self, reply: StoredReply) -> None:
        marking, words = reply_marking(reply.body)
        stricter = strictest((self.marking, over_default(marking, self._default)))
        if stricter != self.marking:
            self.marking = stricter
            self.problems.append(told_marking(stricter, words))
        self.markings[reply.digest] = stricter

    async def _ask_page(
        self, request: Request, so_far: int, *, further: bool
    ) -> tuple[Request | None, Row]:
        """The request for a page as it was asked, and its answer; None where there are no rows."""
        sized: Request | None = request
        self.meter.further_page = further
        try:
            if self._sizes_pages:
                rows_max = max(1, min(self._cost.page_rows, self.rows_max - so_far))
                sized = await self._requester.sized(request, self._cost, rows_max, meter=self.meter)
            return sized, Row({}) if sized is None else await self._ask(sized)
        except OverBudget:
            self.over_budget = True
            raise
        finally:
            self.meter.further_page, self.meter.page_rows = False, None

    @property
    def _sizes_pages(self) -> bool:
        return self._cost.per == "row" and not self._cost.unbounded

    def _full_page(self, request: Request) -> Request:
        """A next page as it would be named had the one before been asked for in full."""
        cost = self._cost
        return with_rows(request, cost, cost.page_rows) if self._sizes_pages else request

    def _settle_rows(self, rows: int, left: int | None) -> int:
        """Rows that came over those that were asked for; *left* are those of this page and on."""
        if not self._fresh:
            return 0
        return self.meter.settle_rows(rows, None if left is None else max(0, left - rows))

    def _cut(self, received: int, total: int | None, reason: str) -> None:
        self.cut = Completeness(Extent.CUT, received, total, reason)

    def _fingerprint(self, request: Request) -> str:
        return request.fingerprint(self._requester.config.base_url)

    def _request(self, path: Path, query: dict[str, object]) -> Request:
        config = self._requester.config
        return build_request(config.provider.label, config.base_url, path, query.items())

    async def _ask(self, request: Request, *, purchase: bool = False) -> Row:
        try:
            answer = await self._requester.ask(request, meter=self.meter, purchase=purchase)
        except OverBudget:
            self.over_budget = True
            raise
        self._fresh = answer.fresh
        self.cached += not answer.fresh
        if answer.moved_to:
            self.moved += 1
            place = quote_value(answer.moved_to)
            self.problems.append(f"the provider answered from another path, {place}")
        self.exchanges.append(answer.exchange)
        self.replies[answer.reply.digest] = answer.reply
        self._mark(answer.reply)
        if answer.row.problems is not None:
            self.rows.append(answer.row)
        return answer.row
