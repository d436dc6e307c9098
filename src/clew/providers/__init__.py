"""Bundled providers; each is a package that comes in by the same entry point as a plug-in."""
