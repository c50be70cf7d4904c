"""Tables of all sorts, each of them a case: t0, t1, …"""

from sqlalchemy import *
from sqlalchemy import sql
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator

metadata = MetaData()
Variant = String(9).with_variant(Text(), "sqlite")


class Decorated(TypeDecorator):
    impl = String(11)
    cache_ok = True


Table("p", metadata, Column("id", Integer, primary_key=True))
Table("q", metadata, Column("x", Integer, primary_key=True), Column("y", Integer, primary_key=True))
Table("t0", metadata, Column("id", Integer, primary_key=True), Column("a", Integer))
Table("t1", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, nullable=False))
Table("t2", metadata, Column("id", Integer, primary_key=True), Column("a", SmallInteger))
Table("t3", metadata, Column("id", Integer, primary_key=True), Column("a", BigInteger))
Table("t4", metadata, Column("id", Integer, primary_key=True), Column("a", String))
Table("t5", metadata, Column("id", Integer, primary_key=True), Column("a", String(20)))
Table("t6", metadata, Column("id", Integer, primary_key=True), Column("a", String(20, collation="NOCASE")))
Table("t7", metadata, Column("id", Integer, primary_key=True), Column("a", Text))
Table("t8", metadata, Column("id", Integer, primary_key=True), Column("a", Unicode(5)))
Table("t9", metadata, Column("id", Integer, primary_key=True), Column("a", UnicodeText))
Table("t10", metadata, Column("id", Integer, primary_key=True), Column("a", Boolean))
Table(
    "t11",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", Boolean(create_constraint=True, name="ck_bool")),
)
Table("t12", metadata, Column("id", Integer, primary_key=True), Column("a", Float))
Table("t13", metadata, Column("id", Integer, primary_key=True), Column("a", Double))
Table("t14", metadata, Column("id", Integer, primary_key=True), Column("a", Numeric))
Table("t15", metadata, Column("id", Integer, primary_key=True), Column("a", Numeric(10, 2)))
Table("t16", metadata, Column("id", Integer, primary_key=True), Column("a", Date))
Table("t17", metadata, Column("id", Integer, primary_key=True), Column("a", Time))
Table("t18", metadata, Column("id", Integer, primary_key=True), Column("a", DateTime))
Table("t19", metadata, Column("id", Integer, primary_key=True), Column("a", DateTime(timezone=True)))
Table("t20", metadata, Column("id", Integer, primary_key=True), Column("a", Interval))
Table("t21", metadata, Column("id", Integer, primary_key=True), Column("a", LargeBinary))
Table("t22", metadata, Column("id", Integer, primary_key=True), Column("a", LargeBinary(16)))
Table("t23", metadata, Column("id", Integer, primary_key=True), Column("a", JSON))
Table("t24", metadata, Column("id", Integer, primary_key=True), Column("a", Uuid))
Table("t25", metadata, Column("id", Integer, primary_key=True), Column("a", Uuid(native_uuid=False)))
Table("t26", metadata, Column("id", Integer, primary_key=True), Column("a", Enum("a", "b", name="e")))
Table(
    "t27",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", Enum("a", "bcd", name="e2", create_constraint=True)),
)
Table("t28", metadata, Column("id", Integer, primary_key=True), Column("a", PickleType))
Table("t29", metadata, Column("id", Integer, primary_key=True), Column("a", CHAR(3)))
Table("t30", metadata, Column("id", Integer, primary_key=True), Column("a", VARCHAR(7)))
Table("t31", metadata, Column("id", Integer, primary_key=True), Column("a", TIMESTAMP))
Table("t32", metadata, Column("id", Integer, primary_key=True), Column("a", sqlite.DATETIME))
Table("t33", metadata, Column("id", Integer, primary_key=True), Column("a", sqlite.JSON))
Table("t34", metadata, Column("id", Integer, primary_key=True), Column("a", Variant))
Table("t35", metadata, Column("id", Integer, primary_key=True), Column("a", Decorated))
Table("t36", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, server_default="1"))
Table("t37", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, server_default=text("1 + 1")))
Table("t38", metadata, Column("id", Integer, primary_key=True), Column("a", String, server_default="x"))
Table("t39", metadata, Column("id", Integer, primary_key=True), Column("a", String, server_default="it's; %"))
Table("t40", metadata, Column("id", Integer, primary_key=True), Column("a", String, server_default=""))
Table("t41", metadata, Column("id", Integer, primary_key=True), Column("a", DateTime, server_default=func.now()))
Table(
    "t42",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", DateTime, server_default=text("CURRENT_TIMESTAMP")),
)
Table(
    "t43",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", DateTime, server_default=func.current_timestamp()),
)
Table("t44", metadata, Column("id", Integer, primary_key=True), Column("a", JSON, server_default="{}"))
Table("t45", metadata, Column("id", Integer, primary_key=True), Column("a", Boolean, server_default=sql.false()))
Table("t46", metadata, Column("id", Integer, primary_key=True), Column("a", Boolean, server_default=text("0")))
Table("t47", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, default=5))
Table("t48", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, unique=True))
Table("t49", metadata, Column("id", Integer, primary_key=True), Column("a", String, index=True))
Table("t50", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, ForeignKey("p.id")))
Table(
    "t51",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", Integer, ForeignKey("p.id", ondelete="CASCADE", onupdate="SET NULL")),
)
Table(
    "t52",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", Integer, ForeignKey("p.id", deferrable=True, initially="DEFERRED")),
)
Table("t53", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, ForeignKey("p.id", name="own_fk")))
Table("t54", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, Computed("id * 2")))
Table(
    "t55", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, Computed("id + 1", persisted=True))
)
Table(
    "t56", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, Computed("id + 1", persisted=False))
)
Table("t57", metadata, Column("id", Integer, primary_key=True), Column("a", String, comment="ignored"))
Table("t58", metadata, Column("id", Integer, primary_key=True), Column("a", Integer, CheckConstraint("a > 0")))
Table(
    "t59",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", Integer, CheckConstraint("a > 0", name="named59")),
)
Table("t60", metadata, Column("a", Integer, primary_key=True))
Table("t61", metadata, Column("a", Integer, primary_key=True), sqlite_autoincrement=True)
Table("t62", metadata, Column("a", String, primary_key=True))
Table("t63", metadata, Column("a", BigInteger, primary_key=True))
Table("t64", metadata, Column("a", Integer, primary_key=True), Column("b", Integer, primary_key=True))
Table("t65", metadata, Column("a", String, primary_key=True), sqlite_with_rowid=False)
Table("t66", metadata, Column("a", Integer), Column("b", String), UniqueConstraint("a", "b"))
Table("t67", metadata, Column("a", Integer), Column("b", String), UniqueConstraint("b", name="own"))
Table("t68", metadata, Column("a", String), Index(None, "a"))
Table("t69", metadata, Column("a", String), Index("i69", "a", unique=True, sqlite_where=text("a > 1")))
Table("t70", metadata, Column("a", String), Index("i70", func.lower(text("a"))))
Table("t71", metadata, Column("a", Integer), Column("b", Integer), Index("i71", text("a DESC"), "b"))
Table("t72", metadata, Column("a", Integer), Column("b", Integer), CheckConstraint("a < b", name="c72"))
Table(
    "t73",
    metadata,
    Column("a", Integer),
    Column("b", Integer),
    ForeignKeyConstraint(["a", "b"], ["q.x", "q.y"], ondelete="CASCADE"),
)
Table("t74", metadata, Column("a b", Integer), Column("select", String))
Table("t75", metadata, Column("a", Integer), PrimaryKeyConstraint("a", name="pk75"))
