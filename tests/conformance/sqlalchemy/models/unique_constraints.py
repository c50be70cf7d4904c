"""Unique constraints and unique indexes, which are not the same."""

from sqlalchemy import Column, Integer, String, UniqueConstraint
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Member(Base):
    __tablename__ = "members"

    id = Column(Integer, primary_key=True)
    email = Column(String(50), unique=True)
    phone = Column(String(50), index=True)
    nick = Column(String(50), unique=True, index=True)
    first = Column(String(50))
    last = Column(String(50))
    tenant = Column(Integer)

    __table_args__ = (
        UniqueConstraint("first", "last"),
        UniqueConstraint("tenant", "nick", name="member_of_tenant"),
        UniqueConstraint("tenant", "phone", name="late_phone", deferrable=True, initially="DEFERRED"),
    )
