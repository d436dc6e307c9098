"""The transport of programs of this machine: started, bounded, and ended for certain."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from clew.engine.bounds import Bounds
from clew.engine.client import Reach, check_contact
from clew.engine.maltego.answer import EXIT_CODE, LOG, LOG_DROPPED, LOG_LENGTH_MAX, PROBLEMS
from clew.engine.maltego.child import Child, environment_of, start
from clew.engine.maltego.question import ProgramCall
from clew.errors import BadReply, ProviderDown, RequestRejected
from clew.interop.maltego.arguments import arguments
from clew.interop.maltego.record import EntityField
from clew.transform.provider import Contact
from clew.transform.request import Reply, Request


class Programs:
    """Starts the program that a request names, and gives what it wrote as the reply."""

    def __init__(
        self, bounds: Bounds, environment: Mapping[str, str], *, contact_limit: Contact
    ) -> None:
        """
        Args:
            bounds: Of time, bytes and memory.
            environment: Of which a program sees a few variables.
            contact_limit: The highest class that may be asked.
        """
        self._bounds = bounds
        self._environment = environment_of(environment)
        self._contact_limit = contact_limit

    async def send(
        self,
        asked: Request,
        signed: Request,
        reach: Reach,
        *,
        count: Callable[[], None],
        count_other: Callable[[], None],  # noqa: ARG002
    ) -> Reply:
        """
        What a program wrote about one entity, with its exit code and the end of its log.

        It gets an argument list and never a shell, a fresh folder unless one is declared, and a
        few variables. When this is cancelled or its time is up, its whole process group is told
        to end, and killed after a grace time. One that touches nobody is no call that counts.

        Raises:
            ContactRefused: It is over the contact limit.
            OverBudget: *count* refuses it; nothing was started.
            RequestRejected: It can't be started.
            ProviderDown: Its time was up.
            BadReply: It wrote too much.
        """
        check_contact(reach, self._contact_limit)
        call = msgspec.json.decode(signed.body, type=ProgramCall)
        fields = [EntityField(name, value) for name, value in call.fields]
        tail, warnings = arguments(call.parameters, call.value, fields)
        if reach.contact is not Contact.LOCAL:
            count()
        with _folder(call.folder) as folder:
            child = await self._started(reach.provider, [call.command, *tail], folder)
            try:
                await child.ended_within(self._bounds.program_s)
            finally:
                await child.stop(self._bounds.program_grace_s)
        return self._reply(asked, reach.provider, child, warnings)

    async def _started(self, label: str, command: list[str], folder: str) -> Child:
        bounds = self._bounds
        try:
            return await start(
                command, folder, self._environment, stdout_bytes=bounds.reply_bytes,
                stderr_bytes=bounds.program_log_bytes, memory_bytes=bounds.program_memory_bytes,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise RequestRejected(
                label,
                f"can't be started: {command[0]}: {reason}",
                helps="Check its command and working directory: clew maltego list.",
            ) from error

    def _reply(self, asked: Request, label: str, child: Child, warnings: list[str]) -> Reply:
        bounds, log = self._bounds, child.log.decode("utf-8", "replace").strip()
        if child.over:
            raise BadReply(
                label, f"was ended: it wrote over {bounds.reply_bytes} bytes",
                helps="Ask it for less.",
            )  # fmt: skip
        if child.late:
            words = f". It wrote: {log[-LOG_LENGTH_MAX:]}" if log else ""
            raise ProviderDown(
                label, f"was ended: it took over {bounds.program_s:g} s{words}",
                helps="Try again later, or give it more time.",
            )  # fmt: skip
        headers = {
            "content-type": "text/xml", EXIT_CODE: str(child.code if child.code is not None else 1),
            LOG: log[-LOG_LENGTH_MAX:], PROBLEMS: "\n".join(warnings),
        }  # fmt: skip
        if child.dropped:
            headers[LOG_DROPPED] = str(child.dropped)
        return Reply(asked, 200, headers, bytes(child.answer))


@contextlib.contextmanager
def _folder(declared: str) -> Iterator[str]:
    if declared:
        yield str(Path(declared).expanduser())
        return
    with tempfile.TemporaryDirectory(prefix="clew-", ignore_cleanup_errors=True) as folder:
        yield folder
