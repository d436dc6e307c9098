"""OpenIOC read."""
