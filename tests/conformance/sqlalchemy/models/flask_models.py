"""Flask-SQLAlchemy: names from class names, `db.Model`, `db.Table`."""

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
metadata = db.metadata

memberships = db.Table(
    "memberships",
    db.Column("user_id", db.Integer, db.ForeignKey("user_account.id"), primary_key=True),
    db.Column("group_id", db.Integer, db.ForeignKey("groups.id"), primary_key=True),
)


class UserAccount(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(120), unique=True, nullable=False)
    groups = db.relationship("Group", secondary=memberships)


class Group(db.Model):
    __tablename__ = "groups"

    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), index=True)
