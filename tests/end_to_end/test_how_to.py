"""The how-to page's transform, as a stranger would write it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-transform.md"


def test_the_page_works(tmp_path: Path) -> None:
    """The transform is under 20 lines, its test passes, and ``clew transforms`` lists it."""
    module, test = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    body = module[module.index("@transform") :].strip().splitlines()
    assert len(body) < 20
    (tmp_path / "weather_pdns.py").write_text(module, "utf-8")
    (tmp_path / "test_weather_pdns.py").write_text(test, "utf-8")
    info = tmp_path / "weather_pdns-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: weather-pdns\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[clew.providers]\nweather-pdns = weather_pdns\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "CLEW_KEYRING": "no"}
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_weather_pdns.py"],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert "1 passed" in tested.stdout, tested.stdout
    listed = subprocess.run(
        [sys.executable, "-m", "clew.cli.app", "transforms", "--json"],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert "weather-pdns.name_to_addresses" in listed.stdout
