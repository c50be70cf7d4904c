"""Text with and without a length, and with a collation."""

from sqlalchemy import CHAR, VARCHAR, Column, Integer, String, Text, Unicode, UnicodeText
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    title = Column(String(200), nullable=False)
    slug = Column(String)
    body = Column(Text)
    wide = Column(Unicode(30))
    widest = Column(UnicodeText)
    code = Column(CHAR(3))
    letter = Column(CHAR)
    label = Column(VARCHAR(12))
    sorted_by_bytes = Column(String(40, collation="C"))
    sorted_text = Column(Text(collation="POSIX"))
