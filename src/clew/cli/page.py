"""Showing the workbench: one address with a one-time token, until Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clew.cli.output import say

if TYPE_CHECKING:
    from clew.service.library import Library
    from clew.workbench import Workbench


def show_page(library: Library, bench: Workbench | None, *, port: int, browser: bool) -> None:
    """Serve an investigation, or the start page, and open it."""
    import webbrowser

    from clew.service.serve import serve

    def ready(address: str) -> None:
        say("The workbench answers on this machine only. Ctrl-C ends it; all is saved.")
        # Plain print: the address must stay whole on one line, and come at once in a pipe.
        print(address, flush=True)
        if browser:
            webbrowser.open(address)

    serve(library, bench, port=port, ready=ready)
