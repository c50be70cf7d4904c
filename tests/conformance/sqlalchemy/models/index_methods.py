"""Index methods and their storage parameters."""

from sqlalchemy import Column, DateTime, Index, Integer, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Page(Base):
    __tablename__ = "pages"

    id = Column(Integer, primary_key=True)
    at = Column(DateTime)
    slug = Column(String(20))
    tags = Column(ARRAY(String(10)))
    data = Column(JSONB)
    words = Column(TSVECTOR)

    __table_args__ = (
        Index("ix_page_tags", "tags", postgresql_using="gin"),
        Index("ix_page_data", "data", postgresql_using="GIN", postgresql_ops={"data": "jsonb_path_ops"}),
        Index("ix_page_words", "words", postgresql_using="gist"),
        Index("ix_page_at", "at", postgresql_using="brin", postgresql_with={"pages_per_range": 32}),
        Index("ix_page_slug", "slug", postgresql_using="hash"),
        Index("ix_page_fill", "slug", "id", postgresql_with={"fillfactor": 70}),
        Index("ix_page_gin", "tags", postgresql_using="gin", postgresql_with={"fastupdate": False}),
    )
