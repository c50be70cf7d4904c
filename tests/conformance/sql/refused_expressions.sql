-- case: what a check cannot hold
create table a(id integer, n integer, check (id)); -- refused: argument of CHECK must be type boolean, not type integer
create table b(id integer check (id + 1)); -- refused: argument of CHECK must be type boolean, not type integer
create table d(ok boolean check (ok), n integer check (n is not null and ok));
create table e(id integer check (generate_series(1, id) > 0)); -- refused: set-returning functions are not allowed in check constraints
create table f(id integer check (count(*) > 0)); -- refused: aggregate functions are not allowed in check constraints
create table g(id text check (unnest(string_to_array(id, ',')) > 'a')); -- refused: set-returning functions are not allowed in check constraints
create table i(id integer check ('true'), n integer check (null), m integer check (1 = 1));
create table j(id integer check (1)); -- refused: argument of CHECK must be type boolean, not type integer
create table k(id integer check (row_number() over () > 0)); -- refused: window functions are not allowed in check constraints
create table l(id integer check (id in (select id from a))); -- refused: cannot use subquery in check constraint
create table m(v jsonb check (jsonb_array_elements(v) is not null)); -- refused: set-returning functions are not allowed in check constraints
create domain n as integer check (value); -- refused: argument of CHECK must be type boolean, not type integer
create domain o as integer check (value > 0 and value); -- refused: argument of AND must be type boolean, not type integer
create table p(id integer, ok boolean, check (not ok or id)); -- refused: argument of OR must be type boolean, not type integer
alter table p add check (id); -- refused: relation "p" does not exist
alter table p add check (case when id > 0 then true else false end); -- refused: relation "p" does not exist
alter table p add check (coalesce(ok, true)); -- refused: relation "p" does not exist
-- case: what a predicate cannot hold
create table t(id integer, name text, ok boolean, at timestamptz, v jsonb);
create index a on t(id) where id; -- refused: argument of WHERE must be type boolean, not type integer
create index b on t(id) where ok;
create index normal on t(normalize(name, nfkc));
create index c on t(id) where name; -- refused: argument of WHERE must be type boolean, not type text
create index d on t(id) where at > now(); -- refused: functions in index predicate must be marked IMMUTABLE
create index e on t(id) where at > current_timestamp; -- refused: functions in index predicate must be marked IMMUTABLE
create index f on t(id) where random() > 0.5; -- refused: functions in index predicate must be marked IMMUTABLE
create index g on t(id) where id > (select 1); -- refused: cannot use subquery in index predicate
create index h on t(id) where at > '2020-01-01';
create index i on t(id) where count(id) > 0; -- refused: aggregate functions are not allowed in index predicates
create index j on t(id) where ok is true and name <> '';
create index k on t(id) where at::date > '2020-01-01'; -- refused: functions in index predicate must be marked IMMUTABLE
create index l on t(id) where at > current_date; -- refused: functions in index predicate must be marked IMMUTABLE
create unique index m on t(id) where lower(name) = 'a';
create index n on t(id) where generate_series(1, id) > 0; -- refused: set-returning functions are not allowed in index predicates
-- case: what an index cannot hold
create table t(id integer, name text, at timestamptz, at2 timestamp, v jsonb);
create index a on t((now())); -- refused: functions in index expression must be marked IMMUTABLE
create index b on t((random())); -- refused: functions in index expression must be marked IMMUTABLE
create index c on t((at::date)); -- refused: functions in index expression must be marked IMMUTABLE
create index d on t((at2::date));
create index e on t(date(at)); -- refused: functions in index expression must be marked IMMUTABLE
create index f on t(date_trunc('day', at)); -- refused: functions in index expression must be marked IMMUTABLE
create index g on t(date_trunc('day', at2));
create index h on t((at at time zone 'utc'));
create index i on t(to_char(at, 'YYYY')); -- refused: functions in index expression must be marked IMMUTABLE
create index j on t((id::text));
create index k on t(lower(name));
create index l on t((at::text)); -- refused: functions in index expression must be marked IMMUTABLE
create index m on t(concat(name, id)); -- refused: functions in index expression must be marked IMMUTABLE
create index n on t((name || id));
create index o on t(extract(year from at)); -- refused: functions in index expression must be marked IMMUTABLE
create index p on t((extract(year from at2)));
create index q on t((v ->> 'a'));
create index r on t(((v ->> 'a')::timestamptz)); -- refused: functions in index expression must be marked IMMUTABLE
create index s on t(((v ->> 'a')::integer));
create index u on t(to_tsvector(name)); -- refused: functions in index expression must be marked IMMUTABLE
create index v on t using gin (to_tsvector('english', name));
create index w on t(sum(id)); -- refused: aggregate functions are not allowed in index expressions
create index x on t(generate_series(1, id)); -- refused: set-returning functions are not allowed in index expressions
create index z on t(unnest(string_to_array(name, ','))); -- refused: set-returning functions are not allowed in index expressions
create function mine(x text) returns text language sql as 'select x';
create index aa on t(mine(name));
create function ours(x text) returns text language sql immutable as 'select x';
create index bb on t(ours(name));
create index cc on t(gen_random_uuid()); -- refused: functions in index expression must be marked IMMUTABLE
-- case: what a generated column cannot hold
create table a(id integer, x timestamptz generated always as (now()) stored); -- refused: generation expression is not immutable
create table b(id integer, x double precision generated always as (random()) stored); -- refused: generation expression is not immutable
create table c(at timestamptz, x date generated always as (at::date) stored); -- refused: generation expression is not immutable
create table d(at timestamp, x date generated always as (at::date) stored);
create table e(name text, x tsvector generated always as (to_tsvector(name)) stored); -- refused: generation expression is not immutable
create table f(name text, x tsvector generated always as (to_tsvector('english', name)) stored);
create table g(a text, b text, x text generated always as (concat(a, ' ', b)) stored); -- refused: generation expression is not immutable
create table h(a text, b text, x text generated always as (a || ' ' || b) stored);
create table i(a text, b text, x text generated always as (coalesce(a, b, '')) stored);
create function mine(x text) returns text language sql as 'select x';
create table j(a text, x text generated always as (mine(a)) stored);
create table k(a integer, x integer generated always as (sum(a)) stored); -- refused: aggregate functions are not allowed in column generation expressions
create table l(a integer, x integer generated always as ((select 1)) stored); -- refused: cannot use subquery in column generation expression
create table m(a integer, x uuid generated always as (gen_random_uuid()) stored); -- refused: generation expression is not immutable
create table n(a timestamptz, x text generated always as (to_char(a, 'YYYY')) stored); -- refused: generation expression is not immutable
create table o(a integer, x integer generated always as (generate_series(1, a)) stored); -- refused: set-returning functions are not allowed in column generation expressions
create table p(a integer);
alter table p add column b text generated always as (current_user) stored; -- refused: generation expression is not immutable
alter table p add column c integer generated always as (a * 2) stored;
create table q(a text[], x text generated always as (array_to_string(a, ' ')) stored); -- refused: generation expression is not immutable
create table r(a date, x text generated always as (a::text) stored); -- refused: generation expression is not immutable
create table s(a timestamp, x timestamptz generated always as (a::timestamptz) stored); -- refused: generation expression is not immutable
create table u(a integer, x text generated always as (a::text) stored);
create table v(a timestamp, x timestamptz generated always as (a at time zone 'utc') stored);
create table w(a timestamp, x integer generated always as (extract(year from a)::integer) stored);
create table y(a integer, x text generated always as ('x') stored default 'a'); -- refused: both default and generation expression specified for column "x" of table "y"
-- case: what a default cannot hold
create table a(id integer default (select 1)); -- refused: cannot use subquery in DEFAULT expression
create table b(id integer default count(*)); -- refused: aggregate functions are not allowed in DEFAULT expressions
create table c(id integer default generate_series(1, 3)); -- refused: set-returning functions are not allowed in DEFAULT expressions
create table d(id integer default 'abc'); -- refused: invalid input syntax for type integer: "abc"
create table e(id boolean default 1); -- refused: column "id" is of type boolean but default expression is of type integer
create table f(id integer default true); -- refused: column "id" is of type integer but default expression is of type boolean
create table g(id jsonb default '{}'::json);
create table h(id jsonb default '{'); -- refused: invalid input syntax for type json
create table i(id uuid default 'x'); -- refused: invalid input syntax for type uuid: "x"
create table j(id integer default '12', n numeric default 1.5, m integer default 1.5, t text default 5);
create table k(id integer[] default '{}', b text[] default array[]::text[], c text[] default '{a,b}');
create table l(d date default now(), e date default current_timestamp);
create table m(id text default now(), v varchar default current_date);
create table o(id integer default now()); -- refused: column "id" is of type integer but default expression is of type timestamp with time zone
create table p(id uuid default gen_random_uuid(), t text default gen_random_uuid());
create table q(id integer default row_number() over ()); -- refused: window functions are not allowed in DEFAULT expressions
create type k_ as enum ('a', 'b');
create table r(v k_ default 'c'); -- refused: invalid input value for enum k_: "c"
create table s(v k_ default 'a', w k_[] default '{a}', x k_[] default array['a']::k_[]);
create table u(v integer[] default 1); -- refused: column "v" is of type integer[] but default expression is of type integer
-- case: what a policy cannot hold
create table t(id integer, ok boolean);
create policy a on t using (id); -- refused: argument of POLICY must be type boolean, not type integer
create policy b on t using (ok);
create policy c on t using (count(*) > 0); -- refused: aggregate functions are not allowed in policy expressions
create policy d on t using (generate_series(1, 2) > 0); -- refused: set-returning functions are not allowed in policy expressions
create policy e on t for insert using (true); -- refused: only WITH CHECK expression allowed for INSERT
create policy f on t for select with check (true); -- refused: WITH CHECK cannot be applied to SELECT or DELETE
create policy g on t for delete with check (true); -- refused: WITH CHECK cannot be applied to SELECT or DELETE
create policy h on t for insert with check (id > 0);
create policy j on t using ((select true));
create policy l on t for update using (true) with check (id + 1); -- refused: argument of POLICY must be type boolean, not type integer
-- case: triggers that cannot be
create table t(id integer, n integer, g integer generated always as (1) stored);
create view v as select id from t;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create function other() returns integer language sql as 'select 1';
create function args(x integer) returns integer language sql as 'select 1';
create trigger a instead of insert on t for each row execute function touch(); -- refused: "t" is a table
create trigger b before insert on v for each row execute function touch(); -- refused: "v" is a view
create trigger c instead of insert on v execute function touch(); -- refused: INSTEAD OF triggers must be FOR EACH ROW
create trigger d before truncate on t for each row execute function touch(); -- refused: TRUNCATE FOR EACH ROW triggers are not supported
create trigger e before insert on t for each row when (old.id > 0) execute function touch(); -- refused: INSERT trigger's WHEN condition cannot reference OLD values
create trigger f before delete on t for each row when (new.id > 0) execute function touch(); -- refused: DELETE trigger's WHEN condition cannot reference NEW values
create trigger g before insert on t for each row when (new.id) execute function touch(); -- refused: argument of WHEN must be type boolean, not type integer
create trigger h before insert on t when (new.id > 0) execute function touch(); -- refused: statement trigger's WHEN condition cannot reference column values
create trigger i before insert on t for each row execute function other(); -- refused: function other must return type trigger
create constraint trigger k before insert on t for each row execute function touch(); -- refused: syntax error at or near "before"
create constraint trigger l after insert on t for each statement execute function touch(); -- refused: syntax error at or near "statement"
create constraint trigger m after insert on t deferrable initially deferred for each row execute function touch();
create trigger n after update on t referencing old table as o new table as nn for each statement execute function touch();
create trigger o before update on t referencing old table as o for each statement execute function touch(); -- refused: transition table name can only be specified for an AFTER trigger
create trigger p after insert on t referencing old table as o for each statement execute function touch(); -- refused: OLD TABLE can only be specified for a DELETE or UPDATE trigger
create trigger q after update of n on t referencing new table as o for each statement execute function touch(); -- refused: transition tables cannot be specified for triggers with column lists
create trigger r instead of insert on v for each row when (new.id > 0) execute function touch(); -- refused: INSTEAD OF triggers cannot have WHEN conditions
create trigger s before insert on t for each row when (new.g > 0) execute function touch(); -- refused: BEFORE trigger's WHEN condition cannot reference NEW generated columns
create trigger u after insert on t for each row when (new.g > 0) execute function touch();
create trigger w after insert or update on t for each row when (old.id > 0) execute function touch(); -- refused: INSERT trigger's WHEN condition cannot reference OLD values
create trigger x after update on t for each row when (old.* is distinct from new.*) execute function touch();
create trigger y after update on t for each row when (exists (select 1)) execute function touch(); -- refused: cannot use subquery in trigger WHEN condition
-- case: what cannot be in a transaction block
create table t(id integer);
begin;
create index concurrently i on t(id); -- refused: CREATE INDEX CONCURRENTLY cannot run inside a transaction block
commit;
begin;
create index j on t(id);
commit;
create index concurrently k on t(id);
begin;
drop index concurrently k; -- refused: DROP INDEX CONCURRENTLY cannot run inside a transaction block
commit;
drop index concurrently k;
begin;
vacuum t; -- refused: VACUUM cannot run inside a transaction block
commit;
begin;
create database other_one; -- refused: CREATE DATABASE cannot run inside a transaction block
commit;
begin;
create table u(id integer);
reindex table concurrently t; -- refused: REINDEX CONCURRENTLY cannot run inside a transaction block
commit;
create table v(id integer);
-- case: a new label of an enum in a transaction
create type k as enum ('a');
begin;
alter type k add value 'b';
create table t(v k);
commit;
begin;
alter type k add value 'c';
commit;
begin;
create type l as enum ('a');
alter type l add value 'b';
create table w(v l default 'b');
commit;
begin;
alter type k add value 'd';
commit;
create table x(v k default 'b' check (v <> 'b'));
begin;
alter type k add value 'e';
rollback;
-- case: indexes and their methods
create table t(id integer, name text, v jsonb, p point, tags text[], s tsvector);
create index a on t using gin (v);
create index c on t using gist (p);
create index f on t using hash (id, name); -- refused: access method "hash" does not support multicolumn indexes
create unique index g on t using gin (v); -- refused: access method "gin" does not support unique indexes
create index h on t using btree (v);
create index i on t using btree (p); -- refused: data type point has no default operator class for access method "btree"
create index j on t using gin (tags);
create index k on t using brin (id);
create index n on t using gin (v jsonb_path_ops);
create index o on t (name text_pattern_ops);
create index r on t using hash (id) include (name); -- refused: access method "hash" does not support included columns
create index s on t using gin (v) include (name); -- refused: access method "gin" does not support included columns
create index u on t using gist (s) include (id);
create unique index w on t using hash (id); -- refused: access method "hash" does not support unique indexes
create index x on t using gin (v desc); -- refused: access method "gin" does not support ASC/DESC options
create index y on t using hash (id asc); -- refused: access method "hash" does not support ASC/DESC options
create index z on t using btree (tags);
create index bb on t(v);
create index cc on t using gin (s);
create index dd on t using spgist (name);
create index ee on t using btree (id) with (fillfactor = 70);
-- case: exclusions
create table a(r int4range, exclude using gist (r with &&));
create table c(id integer, exclude using btree (id with =));
create table e(r int4range, exclude using gist (r with =));
-- case: inheritance and partitions
create table p(id integer, at date) partition by range (at);
create table p1 partition of p for values from ('2020-01-01') to ('2021-01-01');
create table p3 partition of p for values in ('2022-01-01'); -- refused: invalid bound specification for a range partition
create table p5 partition of p default;
create table p6 partition of p default; -- refused: partition "p6" conflicts with existing default partition "p5"
create table q(id integer);
create table q1 partition of q for values from (1) to (2); -- refused: "q" is not partitioned
create table l(id integer, k text) partition by list (k);
create table l1 partition of l for values in ('a', 'b');
create table l3 partition of l for values from ('d') to ('e'); -- refused: invalid bound specification for a list partition
create table h(id integer) partition by hash (id);
create table h0 partition of h for values with (modulus 2, remainder 0);
create table h1 partition of h for values with (modulus 2, remainder 2); -- refused: remainder for hash partition must be less than modulus
create table h2 partition of h default; -- refused: a hash-partitioned table may not have a default partition
create table r(id integer, n integer) partition by list (id, n); -- refused: cannot use "list" partition strategy with more than one column
create table s(id integer) partition by range (nope); -- refused: column "nope" named in partition key does not exist
create table w(id text, at date);
create table x(id integer, at date);
alter table p detach partition x; -- refused: relation "x" is not a partition of relation "p"
alter table p attach partition x for values from ('2025-01-01') to ('2026-01-01');
alter table p detach partition x;
drop table p1;
create table parent(id integer, name text);
create table child2(id integer) inherits (parent);
alter table child2 drop column id; -- refused: cannot drop inherited column "id"
alter table child2 drop column name; -- refused: cannot drop inherited column "name"
alter table child2 no inherit parent;
alter table child2 drop column name;
-- case: identities, sequences and others altered
create table t(id integer generated always as identity, n integer, name text, g integer generated always as (1) stored);
alter table t alter column n add generated always as identity; -- refused: column "n" of relation "t" must be declared NOT NULL before identity can be added
alter table t alter column n set not null, alter column n add generated always as identity;
alter table t alter column name add generated always as identity; -- refused: identity column type must be smallint, integer, or bigint
alter table t alter column n drop identity;
alter table t alter column n drop identity; -- refused: column "n" of relation "t" is not an identity column
alter table t alter column n drop identity if exists;
alter table t alter column id set default 1; -- refused: column "id" of relation "t" is an identity column
alter table t alter column id drop default; -- refused: column "id" of relation "t" is an identity column
alter table t alter column id drop not null; -- refused: column "id" of relation "t" is an identity column
alter table t alter column g set default 1; -- refused: column "g" of relation "t" is a generated column
alter table t alter column g drop default; -- refused: column "g" of relation "t" is a generated column
alter table t alter column n drop expression; -- refused: column "n" of relation "t" is not a generated column
alter table t alter column n drop expression if exists;
alter table t alter column id set generated by default;
alter table t alter column n set generated always; -- refused: column "n" of relation "t" is not an identity column
alter table t alter column name set statistics 100;
alter table t alter column nope drop default; -- refused: column "nope" of relation "t" does not exist
alter table t add primary key (id);
alter table t alter column id drop not null; -- refused: column "id" of relation "t" is an identity column
-- case: columns and constraints that are not there
create table t(id integer, n integer, constraint k check (id > 0));
alter table t drop column nope; -- refused: column "nope" of relation "t" does not exist
alter table t drop column if exists nope;
alter table t drop constraint nope; -- refused: constraint "nope" of relation "t" does not exist
alter table t drop constraint if exists nope;
alter table t rename constraint nope to x; -- refused: constraint "nope" for table "t" does not exist
alter table t validate constraint nope; -- refused: constraint "nope" of relation "t" does not exist
alter table t validate constraint k;
alter table t alter constraint k deferrable; -- refused: constraint "k" of relation "t" is not a foreign key constraint
alter table t add constraint u unique (nope); -- refused: column "nope" named in key does not exist
alter table t disable trigger nope; -- refused: trigger "nope" for table "t" does not exist
alter table t set (fillfactor = 70, autovacuum_enabled = false);
alter index nope rename to x; -- refused: relation "nope" does not exist
alter sequence nope restart; -- refused: relation "nope" does not exist
alter view nope rename to x; -- refused: relation "nope" does not exist
alter function nope() rename to x; -- refused: function nope() does not exist
alter schema nope rename to x; -- refused: schema "nope" does not exist
alter type nope rename to x; -- refused: type "nope" does not exist
alter policy nope on t using (true); -- refused: policy "nope" for table "t" does not exist
alter trigger nope on t rename to x; -- refused: trigger "nope" for table "t" does not exist
alter domain nope drop not null; -- refused: type "nope" does not exist
drop function nope(); -- refused: function nope() does not exist
drop policy nope on t; -- refused: policy "nope" for table "t" does not exist
drop trigger nope on t; -- refused: trigger "nope" for table "t" does not exist
drop sequence nope; -- refused: sequence "nope" does not exist
drop view nope; -- refused: view "nope" does not exist
drop index nope; -- refused: index "nope" does not exist
drop type nope; -- refused: type "nope" does not exist
drop domain nope; -- refused: type "nope" does not exist
drop schema nope; -- refused: schema "nope" does not exist
drop extension nope; -- refused: extension "nope" does not exist
drop role nobody_there; -- refused: role "nobody_there" does not exist
drop materialized view nope; -- refused: materialized view "nope" does not exist
-- case: domains
create domain a as integer check (value > 0);
create domain b as text not null default 'x';
alter domain a drop constraint nope; -- refused: constraint "nope" of domain "a" does not exist
alter domain a drop constraint if exists nope;
alter domain a add constraint k check (value < 100);
alter domain a add constraint k check (value < 10); -- refused: constraint "k" for domain "a" already exists
alter domain a drop constraint k;
alter domain a set default 'x'; -- refused: invalid input syntax for type integer: "x"
alter domain a set not null;
create domain c as integer default 'x'; -- refused: invalid input syntax for type integer: "x"
create domain d as integer check (other > 0); -- refused: column "other" does not exist
create domain e as integer check (value > 0) unique; -- refused: unique constraints not possible for domains
create domain f as integer references a; -- refused: foreign key constraints not possible for domains
create domain g as serial; -- refused: type "serial" does not exist
create table t(x a default -1, y b);
drop domain a; -- refused: cannot drop type a because other objects depend on it
drop type b; -- refused: cannot drop type b because other objects depend on it
-- case: enums
create type b as enum ();
create type c as enum ('x', 'y');

alter type c rename value 'x' to 'y'; -- refused: enum label "y" already exists
alter type c add value 'z' after 'nope'; -- refused: "nope" is not an existing enum label
alter type c rename to b; -- refused: type "b" already exists
create table t(v c default 'nope'); -- refused: invalid input value for enum c: "nope"
create table w(v c);
create table u(v c check (v = 'nope')); -- refused: invalid input value for enum c: "nope"
create table s(v c check (v in ('x', 'nope'))); -- refused: invalid input value for enum c: "nope"
create index i on w(v) where v = 'nope'; -- refused: invalid input value for enum c: "nope"
create policy p on w using (v = 'nope'); -- refused: invalid input value for enum c: "nope"
alter table w add column y c default 'nope'; -- refused: invalid input value for enum c: "nope"
alter table w alter column v set default 'nope'; -- refused: invalid input value for enum c: "nope"
alter type c rename value 'y' to 'nope';
alter table w alter column v set default 'nope';
