"""PL/pgSQL as far as it shapes a schema: DO blocks and called functions, their guards, loops, constants and calls."""
