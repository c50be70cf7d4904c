"""Comments on tables and columns, with quotes, percents and lines."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Remark(Base):
    __tablename__ = "remarks"
    __table_args__ = {"comment": 'It\'s a table: 100% "sure"\nwith two lines'}

    id = Column(Integer, primary_key=True, comment="the key")
    body = Column(String(10), comment="it's \\ here")
    nothing = Column(String(10))
