"""Sequences by themselves, with every option."""

from sqlalchemy import Column, Integer, MetaData, Sequence, SmallInteger, Table

metadata = MetaData()

plain = Sequence("plain", metadata=metadata)
down = Sequence("down", metadata=metadata, start=-1, increment=-2, minvalue=-100, maxvalue=-1, cycle=True, cache=10)
small = Sequence("small", metadata=metadata, data_type=SmallInteger, start=5)
integer = Sequence("integer", metadata=metadata, data_type=Integer)
skipped = Sequence("skipped", metadata=metadata, optional=True)
Table("used", metadata, Column("id", Integer, primary_key=True))
