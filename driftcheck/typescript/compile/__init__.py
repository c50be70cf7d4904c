"""From syntax to closures over environments: every form of the language that is evaluated."""
