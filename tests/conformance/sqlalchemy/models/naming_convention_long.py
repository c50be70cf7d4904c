"""Names that a convention makes too long: SQLAlchemy cuts them and adds a hash."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s_of_which_the_name_is_long_on_purpose",
    }
)

Table("a_table_that_is_referenced_by_others", metadata, Column("the_identifier_of_it", Integer, primary_key=True))
Table(
    "a_table_that_references_the_other_table",
    metadata,
    Column("the_identifier_of_the_row", Integer, primary_key=True),
    Column(
        "the_identifier_of_the_referenced_row",
        ForeignKey("a_table_that_is_referenced_by_others.the_identifier_of_it"),
        index=True,
    ),
    Column("another_column_with_a_long_name", Integer, unique=True),
    UniqueConstraint("another_column_with_a_long_name", "the_identifier_of_the_referenced_row"),
    CheckConstraint("another_column_with_a_long_name > 0", name="another_column_is_positive"),
)
