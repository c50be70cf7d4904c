# SQLAlchemy: 2.0, 2.1
"""The generic Uuid, native and not; Double."""

import uuid

from sqlalchemy import UUID, Double, Uuid, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


metadata = Base.metadata


class Token(Base):
    __tablename__ = "tokens"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    generic: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4)
    as_string: Mapped[str | None] = mapped_column(Uuid(as_uuid=False))
    not_native: Mapped[uuid.UUID | None] = mapped_column(Uuid(native_uuid=False))
    upper: Mapped[uuid.UUID | None] = mapped_column(UUID)
    weight: Mapped[float | None] = mapped_column(Double)
