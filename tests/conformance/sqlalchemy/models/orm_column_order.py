# SQLAlchemy: 2.0, 2.1
"""`sort_order`, and the order of columns from mixins."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


metadata = Base.metadata


class Last:
    updated: Mapped[int] = mapped_column(sort_order=999)
    created: Mapped[int] = mapped_column(sort_order=998)


class First:
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


class Middle:
    middle: Mapped[str]


class Item(Last, First, Middle, Base):
    __tablename__ = "items"

    b: Mapped[str]
    a: Mapped[str]
