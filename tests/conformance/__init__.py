"""PostgreSQL is the judge: sources are built in a real server by their native way, and by driftcheck's own export."""
