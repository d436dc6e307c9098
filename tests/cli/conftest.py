"""The command line of a user who has keys for the replicas of a case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas
from cli.command import Clew

QUIET = {"CLEW_KEYRING": "no"}


@pytest.fixture(scope="module")
def clew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clew]:
    with serve_replicas(load_scenario("tendrit")) as server:
        yield Clew(tmp_path_factory.mktemp("cli"), {**server.settings(), **QUIET})
