"""Answers of registries, as whois text and as RDAP: who registered what, and when."""
