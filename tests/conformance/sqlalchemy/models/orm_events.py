"""A foreign key that an event adds when tables are created."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, Table, event
from sqlalchemy.schema import AddConstraint

metadata = MetaData()

nodes = Table("nodes", metadata, Column("id", Integer, primary_key=True), Column("edge", Integer))
edges = Table("edges", metadata, Column("id", Integer, primary_key=True), Column("node", Integer))
key = ForeignKeyConstraint(["edge"], ["edges.id"], name="node_edge")
nodes.append_constraint(key)
event.listen(metadata, "after_create", AddConstraint(key))
