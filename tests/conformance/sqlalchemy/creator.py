"""Runs in the environment under test: `create_all` for one model file after the other, as lines on standard input.

Each line is `MODULE URL`; the answer is one line of JSON, null or the error.
"""

import importlib
import json
import sys
import traceback

import sqlalchemy
from sqlalchemy import schema


def create(module, url):
    metadata = importlib.import_module(module).metadata
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for name in sorted({table.schema for table in metadata.tables.values() if table.schema}):
            if name != "public":
                connection.execute(schema.CreateSchema(name))
        metadata.create_all(connection)
        if hasattr(sys.modules[module], "entities"):
            for entity in sys.modules[module].entities:
                connection.execute(entity.to_sql_statement_create())
    engine.dispose()


for line in sys.stdin:
    error = None
    try:
        create(*line.split())
    except Exception:  # noqa: BLE001 # the test that asked reports it
        error = traceback.format_exc()
    print(json.dumps(error), flush=True)  # noqa: T201 # the answer
