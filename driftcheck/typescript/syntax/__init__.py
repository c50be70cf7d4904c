"""Source text: parsed, its places and its syntax errors known."""
