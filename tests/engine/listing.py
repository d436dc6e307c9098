"""A loopback server whose listings go on for as long as they are asked, and its bench."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from clew.engine.bounds import Bounds
from clew.workbench import Workbench

TOKEN = {"access_token": "t", "expires_in": 3600, "token_type": "Bearer"}


class Listing:
    """Answers as Defender TI does; each page names another, or itself where *loops*."""

    def __init__(self, *, loops: bool = False, page_rows: int = 2) -> None:
        self.loops = loops
        self.page_rows = page_rows
        self.heard: list[str] = []
        """Method and target of each request."""
        self.origin = ""

    def body(self, target: str) -> object:
        """What the request *target* is answered with."""
        path, _, page = target.partition("?$skiptoken=")
        number = int(page or 0)
        rows = [
            {
                "id": f"x{number}-{row}", "recordType": "A",
                "firstSeenDateTime": "2020-01-01T00:00:00Z",
                "lastSeenDateTime": "2020-02-01T00:00:00Z",
                "artifact": {"@odata.type": "#microsoft.graph.security.ipAddress",
                             "id": f"198.51.100.{1 + number * self.page_rows + row}"},
            }
            for row in range(self.page_rows)
        ]  # fmt: skip
        following = target if self.loops else f"{path}?$skiptoken={number + 1}"
        return {"value": rows, "@odata.nextLink": f"{self.origin}{following}"}

    def settings(self, folder: Path) -> dict[str, str]:
        """The environment in which Defender TI is here."""
        return {
            "CLEW_HOME": str(folder), "CLEW_KEYRING": "no",
            "CLEW_DEFENDER_TI_URL": self.origin, "CLEW_DEFENDER_TI_TOKEN_URL": self.origin,
            "CLEW_DEFENDER_TI_TENANT": "t", "CLEW_DEFENDER_TI_CLIENT_ID": "i",
            "CLEW_DEFENDER_TI_CLIENT_SECRET": "s",
        }  # fmt: skip

    def bench(self, folder: Path, *names: str) -> Workbench:
        """A workbench on a new file that holds those names."""
        made = Workbench.create(folder / "case.clew", self.settings(folder), bounds=Bounds())
        values = [made.catalogue.value("domain-name", name) for name in names]
        made.add(values, graph="main", label="given")
        return made


@contextmanager
def served(listing: Listing) -> Iterator[Listing]:
    """The listing at its origin, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            listing.heard.append(f"{self.command} {self.path}")
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found = TOKEN if self.command == "POST" else listing.body(self.path)
            data = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    listing.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield listing
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
