"""Checks as text, on tables and on columns."""

from sqlalchemy import CheckConstraint, Column, Integer, String, text
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Grade(Base):
    __tablename__ = "grades"

    id = Column(Integer, primary_key=True)
    points = Column(Integer, CheckConstraint("points BETWEEN 0 AND 100"), nullable=False)
    letter = Column(String(1))
    remark = Column(String(50), CheckConstraint("remark LIKE '10\\%%' OR remark IS NULL", name="grade_remark"))

    __table_args__ = (
        CheckConstraint("letter IN ('A', 'B', 'C')", name="grade_letter"),
        CheckConstraint(text(r"letter ~ '^[A-Z]$' AND points\:\:text <> ''"), name="grade_text"),
        CheckConstraint("letter = 'A' OR points < 90", name="grade_both"),
    )
