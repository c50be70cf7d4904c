"""Types of sqlalchemy_utils."""

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base
from sqlalchemy_utils import ChoiceType, EmailType, JSONType, ScalarListType, Timestamp, URLType, UUIDType

Base = declarative_base()
metadata = Base.metadata


class Contact(Timestamp, Base):
    __tablename__ = "contacts"

    id = Column(UUIDType(), primary_key=True)
    email = Column(EmailType, unique=True)
    site = Column(URLType)
    kind = Column(ChoiceType([("p", "person"), ("c", "company")]))
    level = Column(ChoiceType([(1, "one"), (2, "two")], impl=Integer()))
    extra = Column(JSONType)
    tags = Column(ScalarListType())
