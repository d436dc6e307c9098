"""MISP events read and written (MISP core format)."""
