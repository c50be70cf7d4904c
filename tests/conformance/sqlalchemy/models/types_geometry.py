# create_all: needs PostGIS, which the server of the tests has not
"""geoalchemy2's types, which bring an index with them."""

from geoalchemy2 import Geography, Geometry
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Place(Base):
    __tablename__ = "places"

    id = Column(Integer, primary_key=True)
    point = Column(Geometry("POINT", srid=4326))
    area = Column(Geography(geometry_type="POLYGON", srid=4326, spatial_index=False))
    anything = Column(Geometry(spatial_index=False))
    line = Column(Geometry("LINESTRING", srid=3857, dimension=2), nullable=False)
