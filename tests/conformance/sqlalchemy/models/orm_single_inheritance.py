"""Single-table inheritance: subclasses add columns and keys to their parent's table."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()
metadata = Base.metadata


class Vehicle(Base):
    __tablename__ = "vehicles"
    __table_args__ = (CheckConstraint("wheels >= 0"),)

    id = Column(Integer, primary_key=True)
    kind = Column(String(20))
    wheels = Column(Integer)

    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "vehicle"}


class Car(Vehicle):
    doors = Column(Integer, index=True)

    __mapper_args__ = {"polymorphic_identity": "car"}


class Truck(Vehicle):
    load = Column(Integer)
    trailer_id = Column(ForeignKey("vehicles.id"))

    @declared_attr
    def tag(cls):
        return Vehicle.__table__.c.get("tag", Column(String(5), unique=True))

    __mapper_args__ = {"polymorphic_identity": "truck"}
