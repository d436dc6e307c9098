"""The service's OpenAPI description; ``python -m clew.service.describe FILE`` writes it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from clew.service.app import application
from clew.service.case_home import CaseHome
from clew.service.library import Library


def description() -> str:
    """OpenAPI as JSON, in a stable order: the page's types are generated from it."""
    with TemporaryDirectory() as folder:
        environment = {"CLEW_HOME": folder, "CLEW_KEYRING": "no"}
        found = application(CaseHome(Library(Path(folder), environment))).openapi()
    return json.dumps(found, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(description(), "utf-8")
