"""PostgreSQL's own functions and operators, and how it chooses among those of one name."""
