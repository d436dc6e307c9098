"""Commands are committed in groups; one that is repeated gets its first answer."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from clew.commands.command import Command, CommandResult
from clew.errors import InvalidValue
from clew.questions.question import BaseRequest
from clew.workbench import Workbench

ANSWERS_MAX = 1_000
"""Most answers that are kept for commands that are repeated."""
GROUP_S = 0.1
"""How long commands join a group, in seconds; other processes wait as long to write."""
ID_LENGTH_MAX = 200
"""Longest id of a command, in code points."""


@dataclass(frozen=True, slots=True)
class WaitingCommand:
    """A command that was asked for, and who waits for its answer."""

    command: Command
    request: BaseRequest
    answer: asyncio.Future[CommandResult]


class CommandQueue:
    """
    Does what pages ask for, in their order; used from the home's thread only.

    All commands that wait are one transaction: the disk is waited for once for all of them, and
    nobody gets an answer before that. Where it fails none of them happened.
    """

    def __init__(self, bench: Callable[[], Workbench], changed: Callable[[], None]) -> None:
        """
        Args:
            bench: The open workbench; raises NothingOpen.
            changed: Called when a group is on disk.
        """
        self._bench, self._changed = bench, changed
        self._waiting: list[WaitingCommand] = []
        self._answers: OrderedDict[str, WaitingCommand] = OrderedDict()

    async def do(self, command: Command, request: BaseRequest, *, id_: str = "") -> CommandResult:
        """
        What a command did, once it is on disk.

        Args:
            command: Which.
            request: What it is given.
            id_: Of the asker's choice; asked again with it, the command is not done again.

        Raises:
            InvalidValue: The id is too long, or was used for something else.
            ClewError: What the command raised, or why its group could not be written.
        """
        known = self._answers.get(id_) if id_ else None
        if known is None:
            known = self._enqueue(command, request, id_)
        elif (known.command, known.request) != (command, request):
            raise InvalidValue("command id", id_, "another command had it", helps="Use a new one.")
        return await asyncio.shield(known.answer)

    def _enqueue(self, command: Command, request: BaseRequest, id_: str) -> WaitingCommand:
        if len(id_) > ID_LENGTH_MAX:
            raise InvalidValue("command id", id_, f"it has over {ID_LENGTH_MAX} letters")
        loop = asyncio.get_running_loop()
        waiting = WaitingCommand(command, request, loop.create_future())
        # Whoever asked may be gone by then.
        waiting.answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        if id_:
            self._answers[id_] = waiting
            waiting.answer.add_done_callback(lambda done: self._keep(id_, done))
        if not self._waiting:
            # Those that came while the disk was waited for are asked in this round of the loop.
            loop.call_soon(self._do_all)
        self._waiting.append(waiting)
        return waiting

    def _keep(self, id_: str, done: asyncio.Future[CommandResult]) -> None:
        """What failed may be tried again; of the others the latest are kept."""
        if done.cancelled() or done.exception() is not None:
            self._answers.pop(id_, None)
        while len(self._answers) > ANSWERS_MAX:
            self._answers.popitem(last=False)

    def _do_all(self) -> None:
        waiting, self._waiting = self._waiting, []
        while waiting:
            waiting = self._do_group(waiting)

    def _do_group(self, waiting: list[WaitingCommand]) -> list[WaitingCommand]:
        """Do commands until GROUP_S is over, and commit them; gives those that are left."""
        done: list[tuple[WaitingCommand, CommandResult]] = []
        until = time.monotonic() + GROUP_S
        left = iter(waiting)
        try:
            bench = self._bench()
            with bench.case.group():
                for one in left:
                    try:
                        done.append((one, one.command(bench, one.request)))
                    except Exception as error:
                        one.answer.set_exception(error)
                    if time.monotonic() > until:
                        break
        except Exception as error:
            # None of them is on disk; what was not begun would meet the same.
            for one in waiting:
                if not one.answer.done():
                    one.answer.set_exception(error)
            return []
        for one, result in done:
            one.answer.set_result(result)
        if done:
            self._changed()
        return list(left)
