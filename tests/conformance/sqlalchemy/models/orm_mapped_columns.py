# SQLAlchemy: 2.0, 2.1
"""`Mapped[…]` and `mapped_column`: nullability and types from annotations."""

import datetime
import decimal
import enum
from typing import Annotated, Literal, Optional

from sqlalchemy import BigInteger, ForeignKey, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

identifier = Annotated[int, mapped_column(BigInteger, primary_key=True)]
short = Annotated[str, 30]
moment = Annotated[datetime.datetime, mapped_column(server_default=func.now(), nullable=False)]
user_key = Annotated[int, mapped_column(ForeignKey("users.id", ondelete="CASCADE"))]


class Base(DeclarativeBase):
    type_annotation_map = {
        short: String(30),
        decimal.Decimal: None,
        str: String(77),
    }
    type_annotation_map.pop(decimal.Decimal)


metadata = Base.metadata


class Role(enum.Enum):
    ADMIN = "admin"
    READER = "reader"


class User(Base):
    __tablename__ = "users"

    id: Mapped[identifier]
    name: Mapped[short]
    nick: Mapped[Optional[short]]
    text: Mapped[str | None]
    role: Mapped[Role]
    plan: Mapped[Literal["free", "paid"]]
    age: Mapped[int] = mapped_column(index=True)
    flag: Mapped[bool] = mapped_column(default=False, server_default="false")
    rate: Mapped[float]
    blob: Mapped[Optional[bytes]]
    born: Mapped[Optional[datetime.date]]
    span: Mapped[datetime.timedelta]
    price: Mapped[decimal.Decimal] = mapped_column()
    created: Mapped[moment]
    forced: Mapped[str] = mapped_column(nullable=True)
    posts: Mapped[list["Post"]] = relationship(back_populates="user")


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[identifier]
    user_id: Mapped[user_key]
    user: Mapped[User] = relationship(back_populates="posts")
