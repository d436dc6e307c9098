"""Frozen records: moments, intervals, markings, provenance, observations and changes."""
