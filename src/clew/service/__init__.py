"""The workbench as a service on loopback: one process, one page, one token."""

__all__: list[str] = []
