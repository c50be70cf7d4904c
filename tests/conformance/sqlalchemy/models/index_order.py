"""Descending keys and where their NULLs go."""

from sqlalchemy import Column, DateTime, Index, Integer, MetaData, Table, asc, desc, nullsfirst, nullslast, text

metadata = MetaData()

logs = Table("logs", metadata, Column("id", Integer, primary_key=True), Column("at", DateTime), Column("n", Integer))
Index("ix_desc", logs.c.at.desc())
Index("ix_desc_last", logs.c.at.desc().nullslast())
Index("ix_asc_first", nullsfirst(asc(logs.c.at)))
Index("ix_last", nullslast(logs.c.n))
Index("ix_first", logs.c.n.nullsfirst())
Index("ix_mixed", logs.c.n, desc(logs.c.at), logs.c.id.asc())
Index("ix_text", text("at DESC"), text("n NULLS FIRST"), text("id desc nulls last"), _table=logs)
