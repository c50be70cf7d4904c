"""Live databases as a source: what is read of a server is what the SQL that made it says."""
