"""One file a command: a typed request that changes the log, with the label that undo shows."""
