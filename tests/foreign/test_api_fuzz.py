"""Whatever is asked of the service, it answers with its own shapes and never fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance

from service.page import Page, served

pytestmark = pytest.mark.assurance("api-fuzz")

SCHEMA = schemathesis.openapi.from_path(
    Path(__file__).parents[2] / "web" / "openapi.json", config=None
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("fuzz")
    environment = {"CLEW_HOME": str(folder), "CLEW_KEYRING": "no", "CLEW_CONTACT_LIMIT": "0"}
    with served(folder / "a.clew", environment) as found:
        found.post("/text", graph="main", text="a.example.org\nb.example.org\n192.0.2.7")
        yield found


@SCHEMA.parametrize()
@settings(
    max_examples=int(os.environ.get("CLEW_EXAMPLES", "12")),
    derandomize="CLEW_EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_request_brings_it_down(case: schemathesis.Case[Any], page: Page) -> None:
    """
    Requests that the description allows, and others: no status of 500 or more.

    The same ones each time; CLEW_EXAMPLES=150 looks for others.
    """
    headers = {"Origin": page.origin, "Cookie": page.cookie}
    case.call_and_validate(
        base_url=page.origin, headers=headers, checks=[not_a_server_error, content_type_conformance]
    )
