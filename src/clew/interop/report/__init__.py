"""Reports of a graph for people: one content, as HTML, Markdown or PDF."""
