"""Dataclasses that are mapped by their metadata."""

from dataclasses import dataclass, field

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import registry

mapper_registry = registry()
metadata = mapper_registry.metadata


@mapper_registry.mapped
@dataclass
class Owner:
    __tablename__ = "owners"
    __sa_dataclass_metadata_key__ = "sa"

    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    name: str = field(default="", metadata={"sa": Column(String(50), unique=True)})
    parent_id: int = field(default=None, metadata={"sa": Column(ForeignKey("owners.id"))})
