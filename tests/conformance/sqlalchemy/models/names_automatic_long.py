"""Unnamed constraints on long names: the server shortens and numbers."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint

metadata = MetaData()

Table("a_table_that_is_referenced_by_all_the_others_here", metadata, Column("id", Integer, primary_key=True))
Table(
    "a_table_with_a_name_that_leaves_little_room_for_more",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a_column_with_a_rather_long_name", Integer, index=True),
    Column(
        "another_column_with_a_rather_long_name", ForeignKey("a_table_that_is_referenced_by_all_the_others_here.id")
    ),
    Column("another_column_with_a_rather_long_name_too", String(5), unique=True),
    UniqueConstraint("a_column_with_a_rather_long_name", "another_column_with_a_rather_long_name"),
    UniqueConstraint("a_column_with_a_rather_long_name", "another_column_with_a_rather_long_name_too"),
    CheckConstraint("a_column_with_a_rather_long_name > 0"),
    CheckConstraint("a_column_with_a_rather_long_name < 100"),
    CheckConstraint("a_column_with_a_rather_long_name <> another_column_with_a_rather_long_name"),
)
