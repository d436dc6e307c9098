"""Prose, lists, pages and mails: the indicators in them, with their places."""
