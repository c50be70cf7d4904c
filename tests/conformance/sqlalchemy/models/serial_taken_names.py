"""Sequences of serial columns whose names are taken or too long."""

from sqlalchemy import Column, Integer, MetaData, Table

metadata = MetaData()

LONG = "a_table_whose_name_is_nearly_as_long_as_postgresql_allows_it"
Table(LONG, metadata, Column("identifier_of_the_row", Integer, primary_key=True))
Table("t_id_seq", metadata, Column("x", Integer))
Table("t", metadata, Column("id", Integer, primary_key=True))
