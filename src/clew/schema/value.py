"""A value that its type has checked and brought into canonical form."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, ClassVar, Self

from clew.errors import InvalidValue

if TYPE_CHECKING:
    from clew.schema.entity_type import EntityType

VALUE_LENGTH_MAX = 8_192
"""Longest accepted value of any type, in code points."""

ID_BYTES = 16
"""Length of an entity's id, in bytes."""


def entity_id(type_name: str, value: str) -> bytes:
    """
    The id of an entity: 16 bytes that depend on type and canonical value only.

    Source:
        BLAKE2b with a 16-byte digest (RFC 7693) over ``type NUL value`` in UTF-8.
    """
    return blake2b(f"{type_name}\0{value}".encode(), digest_size=ID_BYTES).digest()


class Value(str):
    """
    A canonical value of one entity type; base of the classes in ``schema/types``.

    A subclass is the proof: whoever holds a ``DomainName`` need not check it again.
    Two values are equal when type and text are; against a plain string the text counts.
    """

    __slots__ = ()
    type: ClassVar[EntityType]
    """The declaration, set by ``@entity_type``."""

    def __new__(cls, text: object) -> Self:
        """
        The value in canonical form.

        Raises:
            InvalidValue: The type refuses it, it is no text, too long or holds a control character.
        """
        if isinstance(text, cls):
            return text
        if not isinstance(text, str):
            raise InvalidValue(cls.type.label, text, f"it is {type(text).__name__}, not text")
        if len(text) > VALUE_LENGTH_MAX:
            raise InvalidValue(cls.type.label, text, f"longer than {VALUE_LENGTH_MAX} characters")
        canonical = cls.canonical(text.strip())
        if not canonical:
            raise InvalidValue(cls.type.label, text, "it is empty")
        if len(canonical) > VALUE_LENGTH_MAX:
            raise InvalidValue(cls.type.label, text, f"longer than {VALUE_LENGTH_MAX} characters")
        if "\0" in canonical:
            raise InvalidValue(cls.type.label, text, "it holds a NUL character")
        try:
            canonical.encode()
        except UnicodeEncodeError as error:
            raise InvalidValue(cls.type.label, text, "it holds a lone surrogate") from error
        return str.__new__(cls, canonical)

    @classmethod
    def trusted(cls, text: str) -> Self:
        """The value without a check, for text that was canonical when it was stored."""
        return str.__new__(cls, text)

    @classmethod
    def canonical(cls, text: str) -> str:
        """The canonical form of *text* (stripped); raises InvalidValue with the reason."""
        return text

    def likely(self) -> bool:
        """Whether an unlabelled token that reads so is probably meant as this type."""
        return True

    @property
    def id(self) -> bytes:
        """The entity's id, 16 bytes."""
        return entity_id(self.type.name, self)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Value) and other.type is not self.type:
            return False
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str.__repr__(self)})"
