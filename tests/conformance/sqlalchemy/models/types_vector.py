"""pgvector's types and indexes."""

from pgvector.sqlalchemy import Vector
from sqlalchemy import Column, Index, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Chunk(Base):
    __tablename__ = "chunks"

    id = Column(Integer, primary_key=True)
    embedding = Column(Vector(3))
    unsized = Column(Vector)

    __table_args__ = (
        Index(
            "ix_chunks_embedding",
            "embedding",
            postgresql_using="hnsw",
            postgresql_with={"ef_construction": 64, "m": 16},
            postgresql_ops={"embedding": "vector_cosine_ops"},
        ),
    )
