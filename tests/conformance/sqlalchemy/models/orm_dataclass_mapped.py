# SQLAlchemy: 2.0, 2.1
"""`MappedAsDataclass`, with defaults of the dataclass and of the insert."""

import uuid
from datetime import datetime

from sqlalchemy import String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    pass


metadata = Base.metadata


class Event(Base):
    __tablename__ = "events"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    key: Mapped[uuid.UUID] = mapped_column(default_factory=uuid.uuid4, insert_default=uuid.uuid4)
    at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    note: Mapped[str | None] = mapped_column(default=None)
