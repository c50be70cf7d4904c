"""One module per family of statements. Each function takes a cursor behind the words that chose it, and the session."""
