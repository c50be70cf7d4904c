-- case: a type altered under a view
create table t(id integer, n integer, name varchar(10));
create view v as select id, name from t;
alter table t alter column id type bigint; -- refused: cannot alter type of a column used by a view or rule
alter table t alter column name type text; -- refused: cannot alter type of a column used by a view or rule
alter table t alter column name type varchar(10); -- refused: cannot alter type of a column used by a view or rule
alter table t alter column n type bigint;
drop view v;
alter table t alter column id type bigint;
-- case: a type altered under a view of all columns, of a whole row, in a condition or an order
create table a(id integer, n integer);
create view v as select * from a;
alter table a alter column n type bigint; -- refused: cannot alter type of a column used by a view or rule
create table b(id integer, n integer);
create view w as select x.* from b x;
alter table b alter column n type bigint; -- refused: cannot alter type of a column used by a view or rule
create table c(id integer, n integer, m integer);
create view x as select id from c where n > 0;
alter table c alter column n type bigint; -- refused: cannot alter type of a column used by a view or rule
alter table c alter column m type bigint;
create table d(id integer, n integer);
create view y as select count(*) as k from d;
alter table d alter column n type bigint;
create table e(id integer, n integer);
create materialized view z as select id from e order by n;
alter table e alter column n type bigint; -- refused: cannot alter type of a column used by a view or rule
create table f(id integer, n integer);
create view q as select x.id from a x join f y on x.id = y.n;
alter table f alter column n type bigint; -- refused: cannot alter type of a column used by a view or rule
alter table f alter column id type bigint;
-- case: a column that a view reads, dropped
create table t(id integer, n integer, m integer);
create view v as select id, n from t;
alter table t drop column n; -- refused: cannot drop column n of table t because other objects depend on it
alter table t drop column m;
create view w as select * from t;
alter table t drop column id; -- refused: cannot drop column id of table t because other objects depend on it
create table u(id integer, later integer);
create view x as select count(*) as k from u;
alter table u drop column later;
alter table u drop column id cascade;
create table r(id integer, n integer);
create view s as select r from r;
alter table r drop column n;
-- case: a view of a view
create table t(id integer, n integer);
create view v as select id, n from t;
create view w as select id from v;
alter table t alter column n type bigint; -- refused: cannot alter type of a column used by a view or rule
drop view v; -- refused: cannot drop view v because other objects depend on it
-- case: two relations in a view, with columns alike
create table a(id integer, name text, x integer);
create table b(id integer, title text, x integer);
create view v as select name, title from a join b using (id);
alter table a alter column x type bigint;
alter table b alter column x type bigint;
alter table a alter column name type varchar(10); -- refused: cannot alter type of a column used by a view or rule
alter table b alter column title type varchar(10); -- refused: cannot alter type of a column used by a view or rule
alter table b alter column id type bigint; -- refused: cannot alter type of a column used by a view or rule
create view w as select a.x from a, b;
alter table a drop column x; -- refused: cannot drop column x of table a because other objects depend on it
alter table b drop column x;
-- case: a type altered under a policy
create table t(id integer, owner text, n integer);
create policy p on t using (owner = current_user) with check (n > 0);
alter table t alter column owner type varchar(10); -- refused: cannot alter type of a column used in a policy definition
alter table t alter column n type bigint; -- refused: cannot alter type of a column used in a policy definition
alter table t alter column id type bigint;
create table m(team integer, who text);
create table u(team integer);
create policy q on u using (exists (select 1 from m where m.team = u.team and m.who = current_user));
alter table m alter column who type varchar(20); -- refused: cannot alter type of a column used in a policy definition
alter table m alter column team type bigint; -- refused: cannot alter type of a column used in a policy definition
alter table u alter column team type bigint; -- refused: cannot alter type of a column used in a policy definition
alter table m drop column who; -- refused: cannot drop column who of table m because other objects depend on it
drop table m; -- refused: cannot drop table m because other objects depend on it
-- case: a type altered under a generated column
create table t(id integer, n integer, twice integer generated always as (n * 2) stored);
alter table t alter column n type bigint; -- refused: cannot alter type of a column used by a generated column
alter table t alter column id type bigint;
alter table t alter column twice type bigint;
alter table t drop column n; -- refused: cannot drop column n of table t because other objects depend on it
alter table t drop column twice;
alter table t alter column n type bigint;
-- case: a type altered under a trigger
create table t(id integer, n integer, m integer, k integer);
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger a before update of n on t for each row execute function touch();
create trigger b before update on t for each row when (new.m > 0) execute function touch();
alter table t alter column n type bigint; -- refused: cannot alter type of a column used in a trigger definition
alter table t alter column m type bigint; -- refused: cannot alter type of a column used in a trigger definition
alter table t alter column k type bigint;
alter table t drop column n; -- refused: cannot drop column n of table t because other objects depend on it
alter table t drop column m; -- refused: cannot drop column m of table t because other objects depend on it
alter table t drop column k;
create trigger c before update on t for each row when (old.* is distinct from new.*) execute function touch();
alter table t alter column id type bigint;
-- case: a type altered under what PostgreSQL makes anew
create table t(id integer primary key, n integer default 1 check (n > 0), name varchar(10) unique);
create index i on t(n) where n > 0;
create index j on t((n + 1));
alter table t alter column n type bigint;
alter table t alter column name type text;
alter table t alter column id type bigint;
-- case: a type that does not cast
create table t(a text, b integer, c boolean, d jsonb, e uuid, f date, g text[], h integer);
alter table t alter column a type integer; -- refused: column "a" cannot be cast automatically to type integer
alter table t alter column a type jsonb; -- refused: column "a" cannot be cast automatically to type jsonb
alter table t alter column a type uuid; -- refused: column "a" cannot be cast automatically to type uuid
alter table t alter column b type boolean; -- refused: column "b" cannot be cast automatically to type boolean
alter table t alter column c type integer; -- refused: column "c" cannot be cast automatically to type integer
alter table t alter column d type text;
alter table t alter column e type integer; -- refused: column "e" cannot be cast automatically to type integer
alter table t alter column f type integer; -- refused: column "f" cannot be cast automatically to type integer
alter table t alter column a type text[]; -- refused: column "a" cannot be cast automatically to type text[]
alter table t alter column g type text;
alter table t alter column h type uuid; -- refused: column "h" cannot be cast automatically to type uuid
-- case: types that cast with or without USING
create table t(a text, b integer, c boolean, d jsonb, e uuid, f date, g text, h text);
alter table t alter column a type integer using a::integer;
alter table t alter column b type bigint;
alter table t alter column b type numeric(10, 2);
alter table t alter column b type varchar(20);
alter table t alter column d type json;
alter table t alter column e type text;
alter table t alter column f type timestamptz;
alter table t alter column g type varchar(5);
alter table t alter column h type boolean using (h = 'yes');
create type k as enum ('a', 'b');
create table u(a text, b k, c varchar default 'a');
alter table u alter column a type k; -- refused: column "a" cannot be cast automatically to type k
alter table u alter column b type text;
alter table u alter column c type k using c::k; -- refused: default for column "c" cannot be cast automatically to type k
alter table u alter column c drop default, alter column c type k using c::k, alter column c set default 'a';
-- case: defaults that do not cast
create table t(a text default 'x', b integer default 1, c boolean default false, d text default 'a');
create type k as enum ('a', 'b');
alter table t alter column d type k using d::k; -- refused: default for column "d" cannot be cast automatically to type k
alter table t alter column b type boolean using b = 1; -- refused: default for column "b" cannot be cast automatically to type boolean
alter table t alter column c type integer using c::integer; -- refused: default for column "c" cannot be cast automatically to type integer
alter table t alter column b type text;
alter table t alter column d drop default;
alter table t alter column d type k using d::k;
alter table t alter column d set default 'b';
-- case: types dropped that something needs
create type k as enum ('a', 'b');
create domain n as integer;
create type p as (x integer, y k);
create table t(a k, b n[]);
create function f(x n) returns integer language sql as 'select 1';
drop type k; -- refused: cannot drop type k because other objects depend on it
drop domain n; -- refused: cannot drop type n because other objects depend on it
drop type p;
drop type k; -- refused: cannot drop type k because other objects depend on it
drop table t;
drop domain n; -- refused: cannot drop type n because other objects depend on it
drop function f(n);
drop domain n;
drop type k;
-- case: types that arrays, defaults, views and functions need
create type a as enum ('x');
create table t(v a[]);
drop type a; -- refused: cannot drop type a because other objects depend on it
create type b as enum ('x');
create table u(v text default 'x'::b);
drop type b; -- refused: cannot drop type b because other objects depend on it
create type c as enum ('x');
create view w as select 'x'::c as one;
drop type c; -- refused: cannot drop type c because other objects depend on it
create type d as enum ('x');
create function f() returns d language sql as $$ select 'x'::d $$;
drop type d; -- refused: cannot drop type d because other objects depend on it
create type e as enum ('x');
create function g() returns setof e language sql as $$ select 'x'::e $$;
drop type e; -- refused: cannot drop type e because other objects depend on it
create type h as enum ('x');
create domain i as h;
drop type h; -- refused: cannot drop type h because other objects depend on it
create type j as enum ('x');
create function l() returns table(a j) language sql as $$ select 'x'::j $$;
drop type j; -- refused: cannot drop type j because other objects depend on it
create type m as enum ('x');
create table z(v text check (v <> 'x'::m::text));
drop type m; -- refused: cannot drop type m because other objects depend on it
-- case: types dropped together, or that nothing needs
create type k as enum ('a');
create domain n as k;
drop type k, n;
create type o as enum ('x');
create function f() returns integer language plpgsql as $$ begin return 'x'::o; end $$;
drop type o;
-- case: functions dropped that something needs
create function one() returns integer language sql immutable as 'select 1';
create table a(id integer default one());
drop function one(); -- refused: cannot drop function one() because other objects depend on it
create function two(x integer) returns integer language sql immutable as 'select x';
create table b(id integer check (two(id) > 0));
drop function two(integer); -- refused: cannot drop function two(integer) because other objects depend on it
create function three(x integer) returns integer language sql immutable as 'select x';
create table c(id integer);
create index i on c(three(id));
drop function three(integer); -- refused: cannot drop function three(integer) because other objects depend on it
create function four() returns integer language sql as 'select 1';
create view v as select four() as f;
drop function four(); -- refused: cannot drop function four() because other objects depend on it
create function five() returns boolean language sql as 'select true';
create policy p on c using (five());
drop function five(); -- refused: cannot drop function five() because other objects depend on it
create function six(x integer) returns integer language sql immutable as 'select x';
create table d(id integer, n integer generated always as (six(id)) stored);
drop function six(integer); -- refused: cannot drop function six(integer) because other objects depend on it
create function seven() returns integer language sql as 'select 1';
create function eight() returns integer language sql as 'select seven()';
drop function seven();
create function nine() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger g before insert on c for each row execute function nine();
drop function nine(); -- refused: cannot drop function nine() because other objects depend on it
drop trigger g on c;
drop function nine();
drop function five() cascade;
-- case: functions of one name, of which one is dropped
create function f(x integer) returns integer language sql immutable as 'select x';
create function f(x text) returns text language sql immutable as 'select x';
create table t(id integer, name text default f('a'));
drop function f(integer);
drop function f(text); -- refused: cannot drop function f(text) because other objects depend on it
-- case: schemas dropped that are not empty
create schema a;
create table a.t(id integer);
drop schema a; -- refused: cannot drop schema a because other objects depend on it
create schema b;
create function b.f() returns integer language sql as 'select 1';
drop schema b; -- refused: cannot drop schema b because other objects depend on it
create schema c;
create type c.k as enum ('a');
drop schema c restrict; -- refused: cannot drop schema c because other objects depend on it
create schema d;
drop schema d;
create schema e;
create sequence e.s;
drop schema e; -- refused: cannot drop schema e because other objects depend on it
drop sequence e.s;
drop schema e;
drop schema if exists nothing;
-- case: tables dropped that something needs
create table a(id integer primary key);
create table b(a integer references a);
create table c(a a);
create function f(x a) returns integer language sql as 'select 1';
drop table a; -- refused: cannot drop table a because other objects depend on it
create table d(id integer);
create function g() returns setof d language sql as 'select * from d';
drop table d; -- refused: cannot drop table d because other objects depend on it
create table e(id integer);
create materialized view v as select * from e;
drop table e; -- refused: cannot drop table e because other objects depend on it
create table h(id integer);
create table i(id integer);
create policy p on i using (id in (select id from h));
drop table h; -- refused: cannot drop table h because other objects depend on it
drop table i;
drop table h;
create table j(id integer);
create table k() inherits (j);
drop table j; -- refused: cannot drop table j because other objects depend on it
drop table j, k;
create table l(id integer);
create table m(id integer default 1, n l);
drop table l; -- refused: cannot drop table l because other objects depend on it
drop table if exists m, l;
-- case: the schema public, dropped and made again
drop schema if exists public cascade;
create schema public;
create table t(id integer);
drop schema public cascade;
create table u(id integer); -- refused: no schema has been selected to create in
create schema public;
