"""The Common Output Format of passive DNS, both ways."""
