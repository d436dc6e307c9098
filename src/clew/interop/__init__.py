"""Formats: bytes to graphs with problems, graphs to bytes."""
