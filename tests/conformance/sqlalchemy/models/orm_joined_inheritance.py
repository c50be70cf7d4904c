"""Joined-table inheritance."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Employee(Base):
    __tablename__ = "employees"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))
    type = Column(String(20), nullable=False)

    __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "employee"}


class Engineer(Employee):
    __tablename__ = "engineers"

    id = Column(ForeignKey("employees.id", ondelete="CASCADE"), primary_key=True)
    language = Column(String(20))

    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Lead(Engineer):
    __tablename__ = "leads"

    id = Column(ForeignKey("engineers.id"), primary_key=True)
    team = Column(String(20), unique=True)

    __mapper_args__ = {"polymorphic_identity": "lead"}
