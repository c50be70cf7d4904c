"""Mixins: plain columns, `declared_attr` columns, names, keys and table arguments."""

import re

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, String, func
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()
metadata = Base.metadata


class Timestamps:
    created_at = Column(DateTime(timezone=True), server_default=func.now(), nullable=False, index=True)
    updated_at = Column(DateTime(timezone=True), onupdate=func.now())


class Owned:
    @declared_attr
    def owner_id(cls):
        return Column(Integer, ForeignKey("owners.id", ondelete="CASCADE"), nullable=False)

    @declared_attr
    def __table_args__(cls):
        return (
            CheckConstraint("owner_id > 0", name=f"{cls.__tablename__}_owned"),
            Index(f"ix_{cls.__tablename__}_owner", "owner_id"),
        )


class Named:
    @declared_attr
    def __tablename__(cls):
        return re.sub(r"(?<!^)([A-Z])", r"_\1", cls.__name__).lower() + "s"

    id = Column(Integer, primary_key=True)
    label = Column("display_name", String(20), unique=True)


class Owner(Timestamps, Named, Base):
    pass


class BlogPost(Owned, Timestamps, Named, Base):
    title = Column(String(100))


class PhotoAlbum(Owned, Named, Base):
    size = Column(Integer)
