"""A graph as a picture: SVG text and PNG bytes, with nothing fetched and nothing that runs."""
