"""The investigation file: an append-only log in SQLite, kept replies, durable runs."""
