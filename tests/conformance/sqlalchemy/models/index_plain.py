"""Indexes of one and of several columns, unique, made in three ways."""

from sqlalchemy import Column, Index, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class City(Base):
    __tablename__ = "cities"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), index=True)
    country = Column(String(2))
    state = Column(String(2))

    __table_args__ = (Index("ix_city_country", "country", "state"), {"comment": "places"})


Index("ix_city_unique", City.country, City.name, unique=True)
Index("ix_city_state", City.__table__.c.state)
