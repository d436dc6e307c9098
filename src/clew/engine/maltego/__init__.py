"""Asking Maltego transforms: programs on this machine, and servers of all three generations."""
