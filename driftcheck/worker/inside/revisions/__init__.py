"""Alembic's revisions, run by the project's own Alembic on a database that does not exist.

The connection that they get is one of SQLAlchemy's own, with PostgreSQL's dialect; below it is no server but a `Talk`:
what would go to the server goes to driftcheck, which replays it, and answers what a revision asks about the catalog.
"""
