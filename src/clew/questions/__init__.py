"""One file a question: a typed request, a typed answer, and the one function between them."""
