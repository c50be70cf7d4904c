"""Runs in the environment under test: what `create_all` makes of one model file after the other.

The arguments are the database's URL and a query that gives its catalog as JSON. Each line on standard input names a
module; the answer is one line of JSON: `[error, catalog]`, one of the two null. Nothing is committed, so that each
file finds the database as the last one did.
"""

import importlib
import json
import sys
import traceback

import sqlalchemy
from sqlalchemy import schema


def create(connection, module):
    metadata = importlib.import_module(module).metadata
    for name in sorted({table.schema for table in metadata.tables.values() if table.schema}):
        if name != "public":
            connection.execute(schema.CreateSchema(name))
    metadata.create_all(connection)
    for entity in getattr(sys.modules[module], "entities", ()):
        connection.execute(entity.to_sql_statement_create())


def catalog(connection, query):
    # The driver's own cursor: the query has percent signs and colons that are no parameters.
    cursor = connection.connection.cursor()
    cursor.execute("SET LOCAL search_path = ''")
    cursor.execute(query)
    return json.loads(cursor.fetchone()[0])


url, query = sys.argv[1:]
engine = sqlalchemy.create_engine(url)
for line in sys.stdin:
    answer = [None, None]
    with engine.connect() as connection, connection.begin() as transaction:
        try:
            create(connection, line.strip())
            answer[1] = catalog(connection, query)
        except Exception:  # noqa: BLE001 # the test that asked reports it
            answer[0] = traceback.format_exc()
        transaction.rollback()
    print(json.dumps(answer), flush=True)  # noqa: T201 # the answer
