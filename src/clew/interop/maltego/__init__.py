"""Maltego's files and protocols."""
