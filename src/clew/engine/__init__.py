"""The engine: plans what leaves, asks providers within bounds, and records what they said."""
