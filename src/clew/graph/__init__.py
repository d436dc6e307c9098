"""The working set: columns and adjacency, folded from the log. Pure."""
