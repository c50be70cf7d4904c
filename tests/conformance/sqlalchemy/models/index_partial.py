"""Partial indexes, by text and by expression."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, String, text
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Task(Base):
    __tablename__ = "tasks"

    id = Column(Integer, primary_key=True)
    state = Column(String(20))
    deleted_at = Column(DateTime)
    done = Column(Boolean)

    __table_args__ = (
        Index("ix_task_open", "state", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_task_text", "id", postgresql_where="state <> 'it''s 100%'"),
    )


Index("ix_task_expression", Task.id, unique=True, postgresql_where=Task.state.in_(["new", "open"]))
Index("ix_task_both", Task.state, postgresql_where=(Task.done.is_(False)) & (Task.id > 5))
