"""Places for entities: pure functions from links to coordinates."""
