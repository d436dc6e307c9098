"""Keys: from the environment, the system keyring, or an encrypted file. Write-only."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from clew.errors import InvalidValue, KeyMissing
from clew.transform.provider import Provider

SERVICE = "clew"
SALT_BYTES, NONCE_BYTES = 16, 12
SCRYPT_COST = 2**15


class Secrets:
    """Where keys are found and kept. No method gives a key but ``keys``, for signing."""

    def __init__(
        self,
        environment: Mapping[str, str],
        file: Path,
        *,
        passphrase: Callable[[], str] | None = None,
        keyring: bool = True,
    ) -> None:
        self._environment = environment
        self._file = file
        self._passphrase = passphrase
        self._keyring = keyring

    @property
    def is_locked(self) -> bool:
        """Whether there is a key file, and no passphrase that could open it."""
        opens = self._environment.get("CLEW_PASSPHRASE") or self._passphrase
        return self._file.exists() and not opens

    def keys(self, provider: Provider) -> dict[str, str]:
        """All parts of a provider's credentials that are configured; raises KeyMissing."""
        found: dict[str, str] = {}
        for key in provider.keys:
            if value := self._find(provider.name, key.name)[0]:
                found[key.name] = value
        require_keys(provider, found)
        return found

    def where(self, provider: Provider) -> dict[str, str]:
        """Of each part, where it is kept: environment, keyring, file, or empty."""
        return {key.name: self._find(provider.name, key.name)[1] for key in provider.keys}

    def set(self, provider: Provider, name: str, value: str) -> str:
        """Keep a key in the keyring, or in the encrypted file; tells where."""
        if name not in {key.name for key in provider.keys}:
            raise InvalidValue("key", name, f"{provider.label} has none of that name")
        if self._keyring and _keyring_set(f"{provider.name}/{name}", value):
            return "keyring"
        stored = self._read_file()
        stored[f"{provider.name}/{name}"] = value
        self._write_file(stored)
        return "file"

    def delete(self, provider: Provider, name: str) -> bool:
        """Forget a key; False where none was kept (the environment is not ours to change)."""
        account = f"{provider.name}/{name}"
        gone = self._keyring and _keyring_delete(account)
        if self._file.exists():
            stored = self._read_file()
            if stored.pop(account, None) is not None:
                self._write_file(stored)
                gone = True
        return gone

    def _find(self, provider: str, name: str) -> tuple[str, str]:
        if value := self._environment.get(variable(provider, name), ""):
            return value, "environment"
        account = f"{provider}/{name}"
        if self._keyring and (value := _keyring_get(account)):
            return value, "keyring"
        if self._file.exists() and (value := self._read_file().get(account, "")):
            return value, "file"
        return "", ""

    def _read_file(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        data = self._file.read_bytes()
        salt, nonce, sealed = (
            data[:SALT_BYTES],
            data[SALT_BYTES : SALT_BYTES + NONCE_BYTES],
            data[SALT_BYTES + NONCE_BYTES :],
        )
        try:
            opened = AESGCM(self._derive(salt)).decrypt(nonce, sealed, SERVICE.encode())
        # A file that was cut short fails by its length, before its seal is looked at.
        except (InvalidTag, ValueError) as error:
            raise InvalidValue("passphrase", "…", "it does not open the key file") from error
        return {str(name): str(value) for name, value in json.loads(opened).items()}

    def _write_file(self, stored: Mapping[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
        sealed = AESGCM(self._derive(salt)).encrypt(
            nonce, json.dumps(dict(stored)).encode(), SERVICE.encode()
        )
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self._file.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(salt + nonce + sealed)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._file)

    def _derive(self, salt: bytes) -> bytes:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        passphrase = self._environment.get("CLEW_PASSPHRASE") or (
            self._passphrase() if self._passphrase else ""
        )
        if not passphrase:
            raise InvalidValue(
                "passphrase",
                "",
                "no passphrase was given",
                helps="Set CLEW_PASSPHRASE, or start Clew in a terminal, where it asks for it.",
            )
        return Scrypt(salt=salt, length=32, n=SCRYPT_COST, r=8, p=1).derive(passphrase.encode())


def require_keys(provider: Provider, found: Collection[str]) -> None:
    """Raises KeyMissing, with the names, where no set of keys is whole; *found* are names."""
    lacking = [tuple(name for name in one if name not in found) for one in provider.sufficient_keys]
    if not all(lacking):
        return
    # One that was begun is gone on with; where nothing is there, each set is told.
    begun = [one for one, names in zip(lacking, provider.sufficient_keys, strict=True)
             if len(one) < len(names)]  # fmt: skip
    choices = begun or lacking
    labels = {key.name: key.label for key in provider.keys}
    sets = [_listed([labels[name] for name in one]) for one in choices]
    missing = min(choices, key=len)
    if len(choices) == 1 and len(missing) == 1:
        helps = f"Set it: clew keys set {provider.name} {missing[0]}, "
        helps += f"or {variable(provider.name, missing[0])} in the environment."
    else:
        names = ", or ".join(_listed(one) for one in choices)
        helps = f"Set {names}: clew keys set {provider.name} NAME, "
        helps += f"or {variable(provider.name, '')}NAME in the environment."
    raise KeyMissing(
        provider.label, f"has no {', and no '.join(sets)}", missing=missing, helps=helps
    )


def _listed(words: Sequence[str]) -> str:
    """Words as a person lists them: "a, b and c"."""
    return " and ".join((", ".join(words[:-1]), words[-1]) if len(words) > 1 else words)


def variable(provider: str, name: str) -> str:
    """The environment variable of a key or setting."""
    return f"CLEW_{provider}_{name}".upper().replace("-", "_")


def _keyring_get(account: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, account) or ""
    except (KeyringError, RuntimeError):
        return ""


def _keyring_set(account: str, value: str) -> bool:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, account, value)
    except (KeyringError, RuntimeError):
        return False
    return True


def _keyring_delete(account: str) -> bool:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(SERVICE, account)
    except (KeyringError, RuntimeError):
        return False
    return True
