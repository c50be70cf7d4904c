"""What is registered with alembic_utils: functions, triggers, policies, views."""

from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_materialized_view import PGMaterializedView
from alembic_utils.pg_policy import PGPolicy
from alembic_utils.pg_trigger import PGTrigger
from alembic_utils.pg_view import PGView
from alembic_utils.replaceable_entity import register_entities
from sqlalchemy import Column, DateTime, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    changed_at = Column(DateTime)


touch = PGFunction(
    schema="public",
    signature="touch()",
    definition="""
        RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $body$
        BEGIN
            NEW.changed_at := now();
            RETURN NEW;
        END;
        $body$
    """,
)
shout = PGFunction(
    schema="public",
    signature="shout(word text, times integer DEFAULT 1)",
    definition="returns character varying as $$ select repeat(upper(word), times)::varchar $$ language sql immutable strict",
)
entities = [
    touch,
    shout,
    PGTrigger(
        schema="public",
        signature="accounts_touch",
        on_entity="public.accounts",
        definition="""
            BEFORE INSERT OR UPDATE OF name ON public.accounts
            FOR EACH ROW WHEN (NEW.name <> '') EXECUTE FUNCTION public.touch()
        """,
    ),
    PGPolicy(
        schema="public",
        signature="own_accounts",
        on_entity="accounts",
        definition="AS RESTRICTIVE FOR UPDATE TO anon, authenticated USING (id > 0) WITH CHECK (name <> 'a)b')",
    ),
    PGPolicy(schema="public", signature="all_see", on_entity="accounts", definition="USING (true)"),
    PGView(schema="public", signature="names", definition="SELECT id, name FROM public.accounts WHERE name LIKE 'a%'"),
    PGMaterializedView(
        schema="public",
        signature="counted",
        definition="SELECT count(*)::integer AS n FROM public.accounts",
        with_data=False,
    ),
]
register_entities(entities)
