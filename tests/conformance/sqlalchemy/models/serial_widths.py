"""Keys that count by themselves, in three widths."""

from sqlalchemy import BigInteger, Column, Integer, MetaData, SmallInteger, Table

metadata = MetaData()

Table("small_keys", metadata, Column("id", SmallInteger, primary_key=True))
Table("keys", metadata, Column("id", Integer, primary_key=True))
Table("big_keys", metadata, Column("id", BigInteger, primary_key=True))
Table("MixedKeys", metadata, Column("Id", Integer, primary_key=True))
