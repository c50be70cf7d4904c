"""driftcheck: do the Drizzle schema, the SQL and the SQLAlchemy models still describe one PostgreSQL database?"""

__version__ = "0.1.0"
