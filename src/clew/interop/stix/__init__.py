"""STIX 2.0 and 2.1 read, 2.1 written, and STIX 1 indicators read."""
