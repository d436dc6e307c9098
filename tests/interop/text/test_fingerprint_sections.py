"""Which hashes are prints of certificates."""

from __future__ import annotations

import pytest

from clew.interop.text.fingerprint_sections import FingerprintSections


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("=== SHA-1 thumbprints\n----\nX\n", True),
        ("## Certificate fingerprints\nX", True),
        ("=== Thumbprint\n=== Files\nX", False),
        ("|===\n|Serial |Thumbprint\n|1 |X\n|===", True),
        ("|===\n|Serial |Thumbprint\n|===\nX", False),
        ("|SHA-1 |Thumbprint\n|X", False),
        ("Thumbprint (SHA-1): X", True),
        ("the thumbprint is known\nX", False),
        ("X", False),
    ],
)
def test_a_heading_rules_its_section_and_a_head_its_table(text: str, want: bool) -> None:
    """Prose rules nothing, and a table of files stays one."""
    assert FingerprintSections(text).is_print(text.index("X")) is want
