"""Operator classes, by column and by label; not for a descending key, as SQLAlchemy has it."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, func

metadata = MetaData()

names = Table(
    "names", metadata, Column("id", Integer, primary_key=True), Column("name", String), Column("code", String)
)
Index("ix_name", names.c.name, postgresql_ops={"name": "text_pattern_ops"})
Index("ix_both", names.c.name, names.c.code, postgresql_ops={"code": "varchar_pattern_ops"})
Index("ix_label", func.lower(names.c.name).label("lowered"), postgresql_ops={"lowered": "text_pattern_ops"})
Index("ix_desc", names.c.name.desc(), postgresql_ops={"name": "text_pattern_ops"})
