"""Checks as SQLAlchemy expressions: values become literals."""

import datetime

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Integer, MetaData, Numeric, String, Table
from sqlalchemy import and_, func, not_, or_

metadata = MetaData()

people = Table(
    "people",
    metadata,
    Column("age", Integer),
    Column("name", String(50)),
    Column("active", Boolean),
    Column("score", Numeric(5, 2)),
    Column("joined", Date),
)
people.append_constraint(CheckConstraint(people.c.age >= 18, name="adult"))
people.append_constraint(CheckConstraint(people.c.name.in_(["a", "it's", "50%"]), name="known"))
people.append_constraint(CheckConstraint(people.c.age.between(0, 150), name="age_range"))
people.append_constraint(CheckConstraint(func.length(people.c.name) > 2, name="name_length"))
people.append_constraint(CheckConstraint(or_(people.c.active, people.c.age < 5), name="active_or_young"))
people.append_constraint(CheckConstraint(and_(people.c.name != "", not_(people.c.active)), name="named"))
people.append_constraint(CheckConstraint(people.c.name.like("a%"), name="like"))
people.append_constraint(CheckConstraint(people.c.score.isnot(None), name="scored"))
people.append_constraint(CheckConstraint(people.c.active.is_(True)))
people.append_constraint(CheckConstraint(people.c.name.op("~")("^[a-z]+$")))
people.append_constraint(CheckConstraint(func.coalesce(people.c.age, 0) != 13))
