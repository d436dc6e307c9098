"""Questions to a graph, one a file: pure functions from a view to frozen, explained answers."""
