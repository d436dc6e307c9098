"""A transform before it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.engine.lookup_forecast import forecast_lookup
from clew.engine.settings import Settings
from clew.errors import InvalidValue
from clew.transform.registry import load_registry

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("transform", "settings", "refused"),
    [
        ("local.url_to_host", {}, ""),
        ("domaintools.email_to_domains", {}, "key"),
        ("domaintools.email_to_domains", {"CLEW_CONTACT_LIMIT": "0"}, "over the limit 0"),
    ],
)
def test_why_it_cannot_be_asked_is_known_before(
    transform: str, settings: dict[str, str], refused: str, tmp_path: Path
) -> None:
    """A missing key and the contact limit are told; what runs here is never refused."""
    environment = {"CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no", **settings}
    told = forecast_lookup(REGISTRY.transform(transform), Settings.of_environment(environment))
    assert bool(told.refused) is bool(refused)
    assert refused in told.refused.lower()
    assert (told.calls == 0) is (told.contact == 0)


@pytest.mark.parametrize("text", ["5", "-1", "two", "2.0"])
def test_a_contact_limit_that_is_none_is_refused(text: str) -> None:
    """The words say which setting it is; nothing is asked under a limit that was not understood."""
    with pytest.raises(InvalidValue, match="CLEW_CONTACT_LIMIT"):
        Settings.of_environment({"CLEW_CONTACT_LIMIT": text, "CLEW_KEYRING": "no"})
