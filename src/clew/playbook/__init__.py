"""Playbooks: an analyst's steps as data, and how they run."""
