"""Views that sqlalchemy_utils creates together with the tables."""

from sqlalchemy import Column, Integer, String, select
from sqlalchemy.orm import declarative_base
from sqlalchemy_utils import create_materialized_view, create_view

Base = declarative_base()
metadata = Base.metadata


class Article(Base):
    __tablename__ = "articles"

    id = Column(Integer, primary_key=True)
    title = Column(String(50))


query = select(Article.id, Article.title).where(Article.title != "it's a draft")
published = create_view("published", query, metadata)
titles = create_materialized_view("titles", select(Article.title), metadata)
