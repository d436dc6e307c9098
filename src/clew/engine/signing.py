"""Signatures over the last digest of a file: who handed it over, and that it is still that."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from msgspec import Struct

from clew.engine.settings import home
from clew.errors import ClewError, FileFault, InvalidValue

ENDING = ".sig"
SIGNATURE_BYTES_MAX = 10_000


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """A signed statement: the log of a file ended at this entry with this digest."""

    entries: int
    digest: str
    """Last digest of the log, hex; it covers all entries, and what was asked and answered."""
    at: int
    """When it was signed, in seconds since 1970, by the signer's clock."""
    key: str
    """The signer's public key (Ed25519), hex."""
    signature: str = ""
    """Over all the above, hex."""

    def statement(self) -> bytes:
        """What is signed."""
        return f"clew-signature-1\n{self.entries}\n{self.digest}\n{self.at}\n{self.key}\n".encode()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key that a user of this machine signs with."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public key, hex: what others know the signer by."""
        raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return raw.hex()

    def sign(self, *, entries: int, digest: str, at: int) -> Signature:
        """A signature over a file's last entry."""
        unsigned = Signature(entries, digest, at, self.public)
        return msgspec.structs.replace(
            unsigned, signature=self.private.sign(unsigned.statement()).hex()
        )


def signing_key(environment: Mapping[str, str]) -> tuple[SigningKey, bool]:
    """
    The user's key, and whether it was made just now: one that is there is never replaced.

    Raises:
        FileFault: It can't be read or kept.
    """
    path = signing_key_path(environment)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            return SigningKey(Ed25519PrivateKey.from_private_bytes(path.read_bytes())), False
        made = Ed25519PrivateKey.generate()
        raw = made.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(raw)
    except (OSError, ValueError) as error:
        raise FileFault(path, f"the signing key can't be used: {error}") from error
    return SigningKey(made), True


def signing_key_path(environment: Mapping[str, str]) -> Path:
    """Where the key is: 32 bytes, readable by the user alone."""
    return home(environment) / "signing.key"


def read_signature(data: bytes) -> Signature:
    """A signature file; raises InvalidValue where it is none."""
    try:
        if len(data) > SIGNATURE_BYTES_MAX:
            raise ValueError(f"it has over {SIGNATURE_BYTES_MAX} bytes")
        return msgspec.json.decode(data, type=Signature)
    except (msgspec.DecodeError, ValueError) as error:
        raise InvalidValue("signature", "", f"it can't be read: {error}") from error


def require_signed(signature: Signature, key: str = "") -> None:
    """
    Raises ClewError where a signature is not its key's, or the key is not the expected one.

    Args:
        signature: As it was read.
        key: The public key that the signer told on another way, hex; empty accepts any.
    """
    if key and key.lower() != signature.key.lower():
        raise ClewError(
            f"It was signed with the key {signature.key[:64]}, which is not the one given.",
            helps="Ask the signer for the public key on another way than the file came.",
        )
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.key))
        public.verify(bytes.fromhex(signature.signature), signature.statement())
    except (InvalidSignature, ValueError) as error:
        raise ClewError("The signature is not one of its key: it was altered.") from error
