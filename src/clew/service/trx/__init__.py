"""Clew's transforms for users of Maltego's clients, over HTTP in all its generations."""

from clew.service.trx.app import application
from clew.service.trx.run import Setup
from clew.service.trx.serve import serve

__all__ = ["Setup", "application", "serve"]
