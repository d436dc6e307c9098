"""What a transform is handed: its provider's service for one task, within all bounds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol
from urllib.parse import urlencode

import msgspec

from clew.engine.asker import Answer
from clew.engine.bounds import Bounds
from clew.engine.settings import Asking
from clew.errors import BadReply
from clew.model.provenance import Completeness, Extent
from clew.store.replies import StoredReply
from clew.store.runs import Exchange
from clew.transform.provider import Pager
from clew.transform.request import Path, Request, build_request
from clew.transform.row import Row


class Asks(Protocol):
    """Answers requests: the network's asker, or replay's."""

    asking: Asking
    bounds: Bounds

    async def ask(self, request: Request, *, purchase: bool = False) -> Answer:
        """The answer to an unsigned request."""
        ...


class TaskApi:
    """The Api of one task (transform.contract.Api); keeps what was asked and how much came."""

    def __init__(self, asker: Asks, *, rows_max: int | None = None) -> None:
        self._asker = asker
        self._rows_max = min(rows_max or asker.bounds.rows, asker.bounds.rows)
        self.exchanges: list[Exchange] = []
        self.replies: dict[str, StoredReply] = {}
        self.rows: list[Row] = []
        """Answers, for their problems."""
        self.calls = 0
        self.cached = 0
        self.cut: Completeness | None = None
        self.received = 0

    @property
    def latest(self) -> Exchange | None:
        """The exchange whose rows are being read."""
        return self.exchanges[-1] if self.exchanges else None

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
        asking = self._asker.asking
        request = build_request(
            asking.provider.label, asking.base_url, path, method="POST", body=body, media_type=media
        )
        return await self._ask(request)

    async def pages(
        self, path: Path, /, *, pager: Pager | None = None, **query: object
    ) -> AsyncIterator[Row]:
        """The rows of all pages, up to the run's limit."""
        read = pager or self._asker.asking.provider.pager
        request: Request | None = self._request(path, query)
        so_far, total = 0, None
        for _ in range(self._asker.bounds.pages):
            if request is None:
                break
            answer = await self._ask(request)
            page = read(request, answer, so_far)
            total = page.total if page.total is not None else total
            for row in page.rows:
                if so_far >= self._rows_max:
                    self._cut(so_far, total, f"the run takes {self._rows_max} rows at most")
                    return
                so_far += 1
                self.received += 1
                yield row
            if page.cut:
                self._cut(so_far, total, page.cut)
            request = page.next
            if request is not None:
                self._stay_home(request)
        if request is not None:
            self._cut(so_far, total, f"the run reads {self._asker.bounds.pages} pages at most")
        elif total is not None and so_far < total and self.cut is None:
            self._cut(so_far, total, "the vendor tells more than it gave")

    def _cut(self, received: int, total: int | None, reason: str) -> None:
        self.cut = Completeness(Extent.CUT, received, total, reason)

    def _request(self, path: Path, query: dict[str, object]) -> Request:
        asking = self._asker.asking
        return build_request(asking.provider.label, asking.base_url, path, query.items())

    def _stay_home(self, request: Request) -> None:
        base = self._asker.asking.base_url.rstrip("/")
        if not request.url.startswith(f"{base}/"):
            raise BadReply(
                self._asker.asking.provider.label, "names a next page on another host or path"
            )

    async def _ask(self, request: Request, *, purchase: bool = False) -> Row:
        answer = await self._asker.ask(request, purchase=purchase)
        self.calls += answer.fresh
        self.cached += not answer.fresh
        self.exchanges.append(answer.exchange)
        self.replies[answer.reply.digest] = answer.reply
        if answer.row.problems is not None:
            self.rows.append(answer.row)
        return answer.row
