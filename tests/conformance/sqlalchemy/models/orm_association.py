"""Many to many through a plain table and through a mapped one."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
metadata = Base.metadata

post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", Integer, ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary=post_tags)
    readers = relationship("Reading", back_populates="post")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), unique=True)


class Reading(Base):
    __tablename__ = "readings"

    post_id = Column(ForeignKey("posts.id"), primary_key=True)
    reader = Column(String(20), primary_key=True)
    post = relationship(Post, back_populates="readers")
