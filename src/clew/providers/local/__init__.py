"""What can be told of a value without asking anyone."""

from clew.transform.provider import Contact, Provider

PROVIDER = Provider(
    name="local",
    label="This machine",
    about="Facts that follow from a value itself, or from lists that come with Clew. Free.",
    contact=Contact.LOCAL,
    docs="docs/reference/providers/local.md",
)
