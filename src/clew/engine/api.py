"""What a transform is handed: its provider's service for one task, within all bounds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Protocol
from urllib.parse import urlencode

import msgspec

from clew.engine.bounds import Bounds
from clew.engine.budget import LookupMeter
from clew.engine.reply_marking import over_default, reply_marking, told_marking
from clew.engine.session import ProviderAnswer
from clew.engine.settings import ProviderConfig
from clew.errors import OverBudget, quote_value
from clew.model.journal import Exchange
from clew.model.marking import DEFAULT_MARKING, UNMARKED, Marking, strictest
from clew.model.provenance import Completeness, Extent
from clew.schema.lists import ListIndex
from clew.store.replies import StoredReply
from clew.transform.contract import HIDDEN
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
        properties: Mapping[str, str] | None = None,
        default: Marking = DEFAULT_MARKING,
    ) -> None:
        """
        Args:
            requester: Answers requests.
            rows_max: Most rows of a listing; the requester's bound where None.
            meter: Counts what is sent.
            properties: What is known of the input and may be sent.
            default: How what carries no marking counts.
        """
        self._requester = requester
        self._default = default
        self.properties: Mapping[str, str] = properties or {}
        self.meter = meter or LookupMeter()
        """What was sent for this task."""
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
            self.meter.further_page = bool(asked)
            try:
                answer = await self._ask(request)
            except OverBudget as stop:
                if not asked:
                    raise
                self._cut(so_far, total, stop.reason)
                return
            finally:
                self.meter.further_page = False
            asked.add(self._fingerprint(request))
            page = read(request, answer, so_far)
            if self._fresh and (over := self.meter.settle_rows(len(page.rows))):
                self.problems.append(f"the provider sold {over} rows more than it counted")
            total = page.total if page.total is not None else total
            for row in page.rows:
                if so_far >= self.rows_max:
                    self._cut(so_far, total, f"the run takes {self.rows_max} rows at most")
                    return
                so_far += 1
                self.received += 1
                yield row
            if page.cut:
                self._cut(so_far, total, page.cut)
            request = page.next
            if request is not None:
                request = self._requester.own(request)
                if self._fingerprint(request) in asked:
                    self.problems.append("the provider names a page again")
                    self._cut(so_far, total, "the provider names a page again")
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
