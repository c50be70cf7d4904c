"""Indexes on expressions."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, cast, func, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

docs = Table(
    "docs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(50)),
    Column("body", String),
    Column("data", JSONB),
)
Index("ix_docs_lower", func.lower(docs.c.title))
Index("ix_docs_two", docs.c.id, func.lower(docs.c.title).desc())
Index("ix_docs_words", func.to_tsvector(text("'english'"), docs.c.body), postgresql_using="gin")
Index("ix_docs_words_text", text("to_tsvector('english'::regconfig, body)"), postgresql_using="gin", _table=docs)
Index("ix_docs_json", docs.c.data["kind"].astext)
Index("ix_docs_path", docs.c.data[("a", "b")].astext)
Index("ix_docs_sum", docs.c.id + 1)
Index("ix_docs_cast", cast(docs.c.title, Integer), postgresql_where=text("title ~ '^[0-9]+$'"))
Index("ix_docs_coalesce", func.coalesce(docs.c.title, ""), unique=True)
Index("ix_docs_literal", literal_column("(title || body)"), _table=docs)
