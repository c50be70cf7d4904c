"""Defaults of the application: PostgreSQL never sees them."""

import datetime
import uuid

from sqlalchemy import Boolean, Column, DateTime, Integer, String, func
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


def make_code():
    return "code"


class Job(Base):
    __tablename__ = "jobs"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    code = Column(String(10), default=make_code)
    tries = Column(Integer, default=3)
    active = Column(Boolean, default=True)
    options = Column(JSONB, default=dict)
    made = Column(DateTime, default=datetime.datetime.utcnow)
    changed = Column(DateTime, onupdate=func.now())
    both = Column(Integer, default=1, server_default="1")
    late = Column(Integer, default=lambda: 5, onupdate=9)
