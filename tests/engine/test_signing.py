"""Signatures over a file's last digest."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from clew.engine.signing import (
    Signature,
    read_signature,
    require_signed,
    signing_key,
    signing_key_path,
)
from clew.errors import ClewError, FileFault, InvalidValue

DIGEST = "ab" * 32


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"CLEW_HOME": str(tmp_path / "home")}


def test_a_key_is_made_once_and_is_the_user_s_alone(environment: dict[str, str]) -> None:
    """The second time it is the same, and nobody else can read it."""
    key, new = signing_key(environment)
    again, made = signing_key(environment)
    assert (new, made, again.public) == (True, False, key.public)
    assert signing_key_path(environment).stat().st_mode & 0o77 == 0


def test_a_signature_holds_for_what_was_signed_alone(environment: dict[str, str]) -> None:
    """Any other entry, digest, date or key, and it is refused."""
    key, _ = signing_key(environment)
    signed = key.sign(entries=7, digest=DIGEST, at=1_700_000_000)
    require_signed(read_signature(msgspec.json.encode(signed)), key.public.upper())
    for change in (
        {"entries": 8}, {"digest": "cd" * 32}, {"at": 1}, {"key": "00" * 32}, {"signature": "00"},
        {"signature": "zz"},
    ):  # fmt: skip
        with pytest.raises(ClewError, match="altered"):
            require_signed(msgspec.structs.replace(signed, **change))
    with pytest.raises(ClewError, match="not the one given"):
        require_signed(signed, "11" * 32)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"x" * 20_000, b'{"entries":1,"evil":2}'])
def test_what_is_no_signature_is_told(data: bytes) -> None:
    """Foreign bytes are refused with words."""
    with pytest.raises(InvalidValue, match="can't be read"):
        read_signature(data)


def test_a_key_file_that_is_none_is_left_alone(environment: dict[str, str]) -> None:
    """A damaged key is told and never replaced."""
    path = signing_key_path(environment)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"short")
    with pytest.raises(FileFault, match="signing key"):
        signing_key(environment)
    assert path.read_bytes() == b"short"
    assert Signature(1, DIGEST, 2, "k").statement().startswith(b"clew-signature-1\n1\n")
