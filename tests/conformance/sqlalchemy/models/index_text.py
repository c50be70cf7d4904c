"""Index keys as text: expressions, operator classes and collations in one string."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, text

metadata = MetaData()

words = Table(
    "words", metadata, Column("id", Integer, primary_key=True), Column("word", String), Column("Mixed", String)
)
Index("ix_lower", text("lower(word)"), _table=words)
Index("ix_pattern", text("word varchar_pattern_ops"), _table=words)
Index("ix_lower_pattern", text("lower(word) text_pattern_ops DESC"), _table=words)
Index("ix_collate", text('word COLLATE "C" text_pattern_ops NULLS FIRST'), _table=words)
Index("ix_quoted", text('"Mixed" desc'), text("id"), _table=words)
Index("ix_parentheses", text("(word || 'x')"), text("(id + 1) DESC"), _table=words)
Index("ix_folded", text("WORD"), _table=words)
