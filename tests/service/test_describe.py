"""The description that the page's types come from."""

from pathlib import Path

from clew.service.describe import description

WEB = Path(__file__).parents[2] / "web"


def test_the_page_speaks_the_service_s_language() -> None:
    """``web/openapi.json`` is the service's own; ``./dev types`` writes it and the types anew."""
    assert (WEB / "openapi.json").read_text("utf-8") == description()
