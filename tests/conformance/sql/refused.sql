-- case: a foreign key to a table that comes later
create table stays(guest integer references guests); -- refused: relation "guests" does not exist
create table guests(id integer primary key);
-- case: a foreign key added to a table that is not there
create table guests(id integer primary key, host integer);
alter table guests add constraint host_fk foreign key (host) references hosts(id); -- refused: relation "hosts" does not exist
-- case: a foreign key of a new column
create table guests(id integer primary key);
alter table guests add column host integer references hosts; -- refused: relation "hosts" does not exist
create table hosts(id integer primary key);
-- case: a foreign key to a column that is not there
create table guests(id integer primary key);
create table stays(guest integer references guests(number)); -- refused: column "number" referenced in foreign key constraint does not exist
-- case: a foreign key on a column that is not there
create table guests(id integer primary key);
create table stays(guest integer, foreign key (visitor) references guests(id)); -- refused: column "visitor" referenced in foreign key constraint does not exist
-- case: a foreign key to a view
create table guests(id integer primary key);
create view everybody as select id from guests;
create table stays(guest integer references everybody(id)); -- refused: referenced relation "everybody" is not a table
-- case: two tables that refer to each other, the second then made as the first was meant to be
create table a(id integer primary key, b integer references b); -- refused: relation "b" does not exist
create table b(id integer primary key, a integer references a); -- refused: relation "a" does not exist
create table c(id integer primary key);
-- case: a foreign key to the table itself is no such thing
create table nodes(id integer primary key, parent integer references nodes);
-- case: a table dropped, then referred to
create table guests(id integer primary key);
drop table guests;
create table stays(guest integer references guests); -- refused: relation "guests" does not exist
-- case: an enum that comes later
create table rooms(id integer, kind room_kind); -- refused: type "room_kind" does not exist
create type room_kind as enum ('single', 'double');
-- case: an array of an enum that comes later
create table rooms(id integer, kinds room_kind[]); -- refused: type "room_kind[]" does not exist
create type room_kind as enum ('single', 'double');
-- case: a new column of a type that comes later
create table rooms(id integer);
alter table rooms add column kind room_kind; -- refused: type "room_kind" does not exist
create type room_kind as enum ('single');
-- case: a type altered to one that is not there
create table rooms(id integer, kind text);
alter table rooms alter column kind type room_kind using kind::room_kind; -- refused: type "room_kind" does not exist
create type room_kind as enum ('single');
-- case: a domain that comes later
create table guests(email address); -- refused: type "address" does not exist
create domain address as text check (value like '%@%');
-- case: a domain over a type that comes later
create domain kind as room_kind; -- refused: type "room_kind" does not exist
create type room_kind as enum ('single');
-- case: a composite type of a type that comes later
create type place as (street text, kind street_kind); -- refused: type "street_kind" does not exist
create type street_kind as enum ('alley');
-- case: a range over a type that comes later
create type steps as range (subtype = step); -- refused: type "step" does not exist
create domain step as integer;
-- case: MySQL's types
create table a(at datetime); -- refused: type "datetime" does not exist
create table b(flag tinyint); -- refused: type "tinyint" does not exist
create table c(size double); -- refused: type "double" does not exist
create table d(note mediumtext); -- refused: type "mediumtext" does not exist
create table e(id integer);
-- case: an enum altered before it is made
alter type room_kind add value 'suite'; -- refused: type "room_kind" does not exist
create type room_kind as enum ('single');
-- case: a view of a table that comes later
create view busy as select id from beds; -- refused: relation "beds" does not exist
create table beds(id integer);
-- case: a view of a view that comes later
create table beds(id integer);
create view free as select id from busy; -- refused: relation "busy" does not exist
create view busy as select id from beds;
-- case: a view with a join, a subquery and a query of its own
create table beds(id integer, room integer);
create view v1 as select b.id from beds b join rooms r on r.id = b.room; -- refused: relation "rooms" does not exist
create view v2 as select id from beds where room in (select id from rooms); -- refused: relation "rooms" does not exist
create view v3 as with mine as (select id from rooms) select id from mine; -- refused: relation "rooms" does not exist
create view v4 as with rooms as (select id from beds) select id from rooms;
create table rooms(id integer);
-- case: a materialized view of a table that comes later
create materialized view busy as select id from beds; -- refused: relation "beds" does not exist
create table beds(id integer);
-- case: views with what stands in for columns
create table beds(id integer, at timestamp, price numeric);
create view v1 as select extract(epoch from at) as since, date_trunc('day', at) from beds;
create view v2 as select b.*, row_number() over (partition by at order by id) as n from beds as b order by n;
create view v3 as select id as number from beds group by number order by number;
create view v4 as select g.n from generate_series(1, 3) as g(n);
create view v5 as select x.id, y.total from beds x, lateral (select sum(price) as total from beds z where z.id = x.id) y;
create view v6 as select b from beds b where b.ctid is not null;
create view v7 as select 1 as one union select id from beds order by one;
-- case: a table like one that comes later
create table copy(like beds including all); -- refused: relation "beds" does not exist
create table beds(id integer);
-- case: a child of a table that comes later
create table child(x integer) inherits (parent); -- refused: relation "parent" does not exist
create table parent(id integer);
-- case: a partition of a table that comes later
create table y2024 partition of years for values from (1) to (2); -- refused: relation "years" does not exist
create table years(id integer) partition by range (id);
-- case: an index on a table that comes later
create index beds_room on beds(room); -- refused: relation "beds" does not exist
create table beds(id integer, room integer);
-- case: a trigger on a table that comes later
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger t before insert on beds for each row execute function touch(); -- refused: relation "beds" does not exist
create table beds(id integer);
-- case: a policy on a table that comes later
create policy p on beds using (true); -- refused: relation "beds" does not exist
create table beds(id integer);
-- case: a sequence owned by a column that comes later
create sequence bed_numbers owned by beds.id; -- refused: relation "beds" does not exist
create table beds(id integer);
-- case: a sequence owned by a column that is not there
create table beds(number integer);
create sequence bed_numbers owned by beds.id; -- refused: column "id" of relation "beds" does not exist
-- case: a schema that comes later
create table hotel.beds(id integer); -- refused: schema "hotel" does not exist
create schema hotel;
create table hotel.rooms(id integer);
-- case: objects of many kinds in a schema that comes later
create type hotel.kind as enum ('a'); -- refused: schema "hotel" does not exist
create function hotel.f() returns integer language sql as 'select 1'; -- refused: schema "hotel" does not exist
create sequence hotel.s; -- refused: schema "hotel" does not exist
create view hotel.v as select 1 as one; -- refused: schema "hotel" does not exist
create schema hotel;
-- case: a table of a dropped schema
create schema hotel;
drop schema hotel;
create table hotel.beds(id integer); -- refused: schema "hotel" does not exist
-- case: a function in PL/pgSQL may ask a table that comes later
create function count_beds() returns bigint language plpgsql as 'begin return (select count(*) from beds); end';
create table beds(id integer);
-- case: bodies that are not checked
set check_function_bodies = false;
create function count_beds() returns bigint language sql as 'select count(*) from beds';
create table beds(id integer);
-- case: changes before the table is made
alter table beds add column room integer; -- refused: relation "beds" does not exist
alter table beds enable row level security; -- refused: relation "beds" does not exist
comment on table beds is 'x'; -- refused: relation "beds" does not exist
drop table beds; -- refused: table "beds" does not exist
create table beds(id integer);
-- case: a type altered under a foreign key
create table guests(id integer primary key);
create table stays(guest integer references guests);
alter table guests alter column id type text; -- refused: foreign key constraint "stays_guest_fkey" cannot be implemented
alter table stays alter column guest type text; -- refused: foreign key constraint "stays_guest_fkey" cannot be implemented
alter table guests alter column id type bigint;
alter table stays alter column guest type bigint;
-- case: keys dropped that others need
create table a(id integer primary key, n integer unique);
create table b(a integer references a);
create table c(a integer references a(n));
alter table a drop constraint a_pkey; -- refused: cannot drop constraint a_pkey on table a because other objects depend on it
alter table a drop constraint a_n_key; -- refused: cannot drop constraint a_n_key on table a because other objects depend on it
alter table a drop column id; -- refused: cannot drop column id of table a because other objects depend on it
drop table a; -- refused: cannot drop table a because other objects depend on it
drop index a_pkey; -- refused: cannot drop index a_pkey because constraint a_pkey on table a requires it
alter table a drop constraint a_n_key cascade;
-- case: tables and views dropped that views read
create table t(id integer);
create view v as select id from t;
create view w as select id from v;
drop table t; -- refused: cannot drop table t because other objects depend on it
drop view v; -- refused: cannot drop view v because other objects depend on it
drop table v; -- refused: "v" is not a table
drop view t; -- refused: "t" is not a view
drop view w, v;
drop table t;
-- case: sequences dropped that others need
create sequence s;
create table t(id integer default nextval('s'), n serial, i integer generated always as identity);
drop sequence s; -- refused: cannot drop sequence s because other objects depend on it
drop sequence t_n_seq; -- refused: cannot drop sequence t_n_seq because other objects depend on it
drop sequence t_i_seq; -- refused: cannot drop sequence t_i_seq because column i of table t requires it
-- case: a block is done whole or not at all
create table t(id integer);
do $$ begin -- refused: relation "nope" does not exist
  alter table t add column a integer;
  alter table nope add column b integer;
end $$;
do $$ begin
  alter table t add column c integer;
exception when others then null;
end $$;
do $$ begin
  alter table t add column d integer;
  alter table nope add column e integer;
exception when undefined_table then null;
end $$;
-- case: a savepoint
create table t(id integer);
begin;
alter table t add column a integer;
savepoint one;
alter table t add column a text; -- refused: column "a" of relation "t" already exists
rollback to savepoint one;
alter table t add column b integer;
commit;
-- case: a primary key of a generated column is allowed, and a default of a table's own function
create function next_id() returns integer language sql as 'select 1';
create table a(x integer, id integer generated always as (x + 1) stored primary key);
create table b(id integer default next_id());
-- case: sequences
create sequence a increment 0; -- refused: INCREMENT must not be zero
create sequence b minvalue 10 maxvalue 5; -- refused: MINVALUE (10) must be less than MAXVALUE (5)
create sequence c start 0; -- refused: START value (0) cannot be less than MINVALUE (1)
create sequence d cache 0; -- refused: CACHE (0) must be greater than zero
create sequence e as text; -- refused: sequence type must be smallint, integer, or bigint
create sequence f as smallint maxvalue 100000; -- refused: MAXVALUE (100000) is out of range for sequence data type smallint
create sequence g maxvalue 10 start 11; -- refused: START value (11) cannot be greater than MAXVALUE (10)
create table h(id text generated always as identity); -- refused: identity column type must be smallint, integer, or bigint
create table i(id integer generated always as identity (start 0)); -- refused: START value (0) cannot be less than MINVALUE (1)
create sequence j minvalue 0 start 0 increment -1 maxvalue 10;
-- case: a table twice
create table beds(id integer);
create table beds(id integer, room integer); -- refused: relation "beds" already exists
create table if not exists beds(id text);
-- case: a name that a view, a sequence, an index or a type has
create view v as select 1 as one;
create sequence s;
create table t(id integer);
create index i on t(id);
create type k as enum ('a');
create table v(id integer); -- refused: relation "v" already exists
create table s(id integer); -- refused: relation "s" already exists
create table i(id integer); -- refused: relation "i" already exists
create table k(id integer); -- refused: type "k" already exists
create type t as enum ('a'); -- refused: type "t" already exists
create view t as select 1 as one; -- refused: relation "t" already exists
create index s on t(id); -- refused: relation "s" already exists
-- case: a column twice
create table beds(id integer, id text); -- refused: column "id" specified more than once
create table rooms(id integer);
alter table rooms add column id text; -- refused: column "id" of relation "rooms" already exists
alter table rooms add column if not exists id text;
-- case: a column like one, twice
create table rooms(id integer);
create table copy(id integer, like rooms); -- refused: column "id" specified more than once
-- case: two primary keys
create table a(id integer primary key, b integer primary key); -- refused: multiple primary keys for table "a" are not allowed
create table b(id integer primary key, primary key (id)); -- refused: multiple primary keys for table "b" are not allowed
create table c(id integer primary key);
alter table c add primary key (id); -- refused: multiple primary keys for table "c" are not allowed
alter table c add column n integer primary key; -- refused: multiple primary keys for table "c" are not allowed
-- case: two defaults
create table a(id integer default 1 default 2); -- refused: multiple default values specified for column "id" of table "a"
create table b(id serial default 2); -- refused: multiple default values specified for column "id" of table "b"
create domain d as integer default 1 default 2; -- refused: multiple default expressions
create table c(id integer default 1);
-- case: a default and an identity, or a generated column
create table a(id integer default 1 generated always as identity); -- refused: both default and identity specified for column "id" of table "a"
create table b(id integer default 1 generated always as (2) stored); -- refused: both default and generation expression specified for column "id" of table "b"
create table c(id integer generated always as identity generated always as (2) stored); -- refused: both identity and generation expression specified for column "id" of table "c"
create table d(id integer generated always as identity generated by default as identity); -- refused: multiple identity specifications for column "id" of table "d"
create table e(id integer generated always as (1) stored generated always as (2) stored); -- refused: multiple generation clauses specified for column "id" of table "e"
create table f(id serial generated always as identity); -- refused: both default and identity specified for column "id" of table "f"
create table g(id integer);
-- case: null and not null
create table a(id integer null not null); -- refused: conflicting NULL/NOT NULL declarations for column "id" of table "a"
create table b(id integer not null null); -- refused: conflicting NULL/NOT NULL declarations for column "id" of table "b"
create table c(id serial null); -- refused: conflicting NULL/NOT NULL declarations for column "id" of table "c"
create table d(id integer null generated always as identity); -- refused: conflicting NULL/NOT NULL declarations for column "id" of table "d"
create domain e as integer null not null; -- refused: conflicting NULL/NOT NULL constraints
create table f(id integer not null not null, n integer null null);
-- case: two collations
create table a(name text collate "C" collate "POSIX"); -- refused: multiple COLLATE clauses not allowed
create table b(name text collate "C");
-- case: a constraint twice
create table a(id integer constraint sane check (id > 0), n integer constraint sane check (n > 0)); -- refused: check constraint "sane" already exists
create table b(id integer, constraint k unique (id), constraint k check (id > 0)); -- refused: constraint "k" for relation "b" already exists
create table c(id integer constraint sane check (id > 0));
alter table c add constraint sane check (id > 1); -- refused: constraint "sane" for relation "c" already exists
create table d(id integer, constraint c unique (id)); -- refused: relation "c" already exists
-- case: a column twice in a key
create table a(id integer, primary key (id, id)); -- refused: column "id" appears twice in primary key constraint
create table b(id integer, unique (id, id)); -- refused: column "id" appears twice in unique constraint
create table c(id integer);
-- case: schemas, sequences, extensions, roles, functions, policies, triggers, indexes twice
create schema hotel;
create schema hotel; -- refused: schema "hotel" already exists
create sequence s;
create sequence s; -- refused: relation "s" already exists
create role twice_made;
create role twice_made; -- refused: role "twice_made" already exists
create function f(a integer) returns integer language sql as 'select 1';
create function f(b integer) returns integer language sql as 'select 2'; -- refused: function "f" already exists with same argument types
create table t(id integer);
create policy p on t using (true);
create policy p on t using (false); -- refused: policy "p" for table "t" already exists
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger g before insert on t for each row execute function touch();
create trigger g before update on t for each row execute function touch(); -- refused: trigger "g" for relation "t" already exists
create index i on t(id);
create index i on t(id); -- refused: relation "i" already exists
create index if not exists i on t(id);
-- case: names taken by a rename
create table a(id integer, n integer, constraint x check (id > 0), constraint y check (n > 0));
create table b(id integer);
alter table a rename to b; -- refused: relation "b" already exists
alter table a rename column id to n; -- refused: column "n" of relation "a" already exists
alter table a rename constraint x to y; -- refused: constraint "y" for relation "a" already exists
-- case: an identity twice
create table a(id integer generated always as identity);
alter table a alter column id add generated always as identity; -- refused: column "id" of relation "a" is already an identity column
-- case: lengths
create table a(x varchar()); -- refused: syntax error at or near ")"
create table b(x varchar(0)); -- refused: length for type varchar must be at least 1
create table c(x char(0)); -- refused: length for type char must be at least 1
create table d(x varchar(10485761)); -- refused: length for type varchar cannot exceed 10485760
create table e(x varchar(1, 2)); -- refused: syntax error at or near ","
create table f(x varchar(-1)); -- refused: syntax error at or near "-"
create table g(x bit(0)); -- refused: length for type bit must be at least 1
create table h(x bit varying(0)); -- refused: length for type varbit must be at least 1
create table i(x varchar(n)); -- refused: syntax error at or near "n"
create table j(x varchar(1), y char(10), z bit(3), w varchar(10485760));
-- case: numbers
create table a(x numeric(2000, 3)); -- refused: NUMERIC precision 2000 must be between 1 and 1000
create table b(x numeric(0)); -- refused: NUMERIC precision 0 must be between 1 and 1000
create table c(x numeric(5, 1001)); -- refused: NUMERIC scale 1001 must be between -1000 and 1000
create table d(x decimal(5, 2, 1)); -- refused: invalid NUMERIC type modifier
create table e(x float(0)); -- refused: precision for type float must be at least 1 bit
create table f(x float(54)); -- refused: precision for type float must be less than 54 bits
create table g(x int(11)); -- refused: syntax error at or near "("
create table h(x bigint(20)); -- refused: syntax error at or near "("
create table i(x numeric()); -- refused: syntax error at or near ")"
create table j(x numeric(10, 2), y decimal, z float(24), w numeric(1000, -3));
-- case: times; a precision that is too high is cut with a warning
create table a(x timestamp(9), y timestamptz(7), z time(8), w interval(9), v timestamp(3));
-- case: types that take no modifier
create table a(x text(10)); -- refused: type modifier is not allowed for type "text"
create table b(x boolean(1)); -- refused: syntax error at or near "("
create table c(x uuid(3)); -- refused: type modifier is not allowed for type "uuid"
create table d(x date(3)); -- refused: type modifier is not allowed for type "date"
create table e(x bytea(16)); -- refused: type modifier is not allowed for type "bytea"
create table f(x jsonb(1)); -- refused: type modifier is not allowed for type "jsonb"
create table g(x double precision(3)); -- refused: syntax error at or near "("
create type mood as enum ('sad');
create table h(x mood(3)); -- refused: type modifier is not allowed for type "mood"
create table i(x serial(3)); -- refused: type modifier is not allowed for type "integer"
create table j(x serial[]); -- refused: array of serial is not implemented
-- case: pseudo-types
create table a(x record); -- refused: column "x" has pseudo-type record
create table b(x anyelement); -- refused: column "x" has pseudo-type anyelement
create table c(x trigger); -- refused: column "x" has pseudo-type trigger
create table d(x void); -- refused: column "x" has pseudo-type void
create table e(x integer);
-- case: collations of types that have none
create table a(x integer collate "C"); -- refused: collations are not supported by type integer
create type k as enum ('a');
create table b(x k collate "C"); -- refused: collations are not supported by type k
create table c(x text[] collate "C", y varchar collate "C");
-- case: keys without a unique target
create table a(id integer, n integer);
create table b(a integer references a(id)); -- refused: there is no unique constraint matching given keys for referenced table "a"
create table c(a integer references a); -- refused: there is no primary key for referenced table "a"
create unique index a_n on a(n);
create table d(a integer references a(n));
create table e(id integer, n integer, primary key (id, n));
create table f(e integer references e(id)); -- refused: there is no unique constraint matching given keys for referenced table "e"
create table g(id integer, n integer, foreign key (n, id) references e(n, id));
create unique index a_id on a(id) where id > 0;
create table h(a integer references a(id)); -- refused: there is no unique constraint matching given keys for referenced table "a"
-- case: keys of other lengths
create table e(id integer, n integer, primary key (id, n));
create table f(e integer, foreign key (e) references e(id, n)); -- refused: number of referencing and referenced columns for foreign key disagree
create table g(e integer references e); -- refused: number of referencing and referenced columns for foreign key disagree
-- case: keys of other types
create table a(id integer primary key, name text unique, at timestamptz unique, u uuid unique);
create table b(x text references a(id)); -- refused: foreign key constraint "b_x_fkey" cannot be implemented
create table c(x uuid references a(name)); -- refused: foreign key constraint "c_x_fkey" cannot be implemented
create table d(x integer references a(u)); -- refused: foreign key constraint "d_x_fkey" cannot be implemented
create table e(x boolean references a(id)); -- refused: foreign key constraint "e_x_fkey" cannot be implemented
create table f(x bigint references a(id), y varchar(10) references a(name), z smallint references a(id));
create table g(x date references a(at));
create table h(x text);
alter table h add constraint k foreign key (x) references a(u); -- refused: foreign key constraint "k" cannot be implemented
-- case: keys of enums and domains
create type k as enum ('a');
create type l as enum ('a');
create domain n as integer;
create table a(k k primary key, n n unique);
create table b(x l references a); -- refused: foreign key constraint "b_x_fkey" cannot be implemented
create table c(x text references a); -- refused: foreign key constraint "c_x_fkey" cannot be implemented
create table d(x k references a, y integer references a(n), z n references a(n));
-- case: a temporary table and a lasting one
create temp table t(id integer primary key);
create table u(t integer references t); -- refused: constraints on permanent tables may reference only permanent tables
-- case: an index used for a constraint
create table t(id integer, n integer);
create index a on t(id);
create unique index b on t(id desc);
create unique index c on t(id) where n > 0;
create unique index d on t(lower(n::text));
create unique index e on t(n);
alter table t add primary key using index a; -- refused: "a" is not a unique index
alter table t add primary key using index b; -- refused: index "b" column number 1 does not have default sorting behavior
alter table t add primary key using index c; -- refused: "c" is a partial index
alter table t add unique using index d; -- refused: index "d" contains expressions
alter table t add unique using index f; -- refused: index "f" does not exist
alter table t add unique using index e;
-- case: a view of a column that is not there
create table beds(id integer);
create view busy as select id, taken from beds; -- refused: column "taken" does not exist
-- case: a view of an alias's column that is not there
create table beds(id integer);
create view busy as select b.taken from beds b where b.id > 0; -- refused: column b.taken does not exist
-- case: a view of an alias that is not there
create table beds(id integer);
create view busy as select x.id from beds b; -- refused: missing FROM-clause entry for table "x"
-- case: an index on columns that are not there
create table beds(id integer);
create index i1 on beds(room); -- refused: column "room" does not exist
create index i2 on beds(id) include (room); -- refused: column "room" does not exist
create index i3 on beds(id) where room > 0; -- refused: column "room" does not exist
create index i4 on beds(lower(room)); -- refused: column "room" does not exist
create index i5 on beds((room || 'x')); -- refused: column "room" does not exist
create index i6 on beds(id) where id > 0;
-- case: a trigger whose function comes later
create table beds(id integer);
create trigger t before insert on beds for each row execute function touch(); -- refused: function touch() does not exist
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
-- case: a trigger whose function gives no trigger
create table beds(id integer);
create function touch() returns integer language sql as 'select 1';
create trigger t before insert on beds for each row execute function touch(); -- refused: function touch must return type trigger
-- case: a trigger on a column that is not there
create table beds(id integer);
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger t before update of room on beds for each row execute function touch(); -- refused: column "room" of relation "beds" does not exist
-- case: a policy that names a column that is not there
create table beds(id integer);
create policy p on beds using (owner = current_user); -- refused: column "owner" does not exist
-- case: a policy that asks a table that comes later
create table beds(id integer);
create policy p on beds using (exists (select 1 from rooms r where r.id = beds.id)); -- refused: relation "rooms" does not exist
create table rooms(id integer);
-- case: a default by a function that comes later
create table beds(id text default new_id()); -- refused: function new_id() does not exist
create function new_id() returns text language sql as $$ select 'x' $$;
-- case: a check by a function that comes later
create table beds(id integer check (fits(id))); -- refused: function fits(
create function fits(x integer) returns boolean language sql as 'select x > 0';
-- case: an index by a function that comes later
create table beds(name text);
create index i on beds(folded(name)); -- refused: function folded(
create function folded(x text) returns text language sql immutable as 'select lower(x)';
-- case: a view by a function that comes later
create table beds(name text);
create view v as select folded(name) as name from beds; -- refused: function folded(
create function folded(x text) returns text language sql immutable as 'select lower(x)';
-- case: changes of columns and constraints that are not there
create table beds(id integer);
alter table beds alter column room set not null; -- refused: column "room" of relation "beds" does not exist
alter table beds drop column room; -- refused: column "room" of relation "beds" does not exist
alter table beds drop constraint sane; -- refused: constraint "sane" of relation "beds" does not exist
alter table beds rename constraint sane to sound; -- refused: constraint "sane" for table "beds" does not exist
alter table beds validate constraint sane; -- refused: constraint "sane" of relation "beds" does not exist
alter table beds disable trigger t; -- refused: trigger "t" for table "beds" does not exist
drop policy p on beds; -- refused: policy "p" for table "beds" does not exist
drop trigger t on beds; -- refused: trigger "t" for table "beds" does not exist
drop index i; -- refused: index "i" does not exist
drop view v; -- refused: view "v" does not exist
drop sequence s; -- refused: sequence "s" does not exist
drop type t; -- refused: type "t" does not exist
drop function f(); -- refused: function f() does not exist
drop schema hotel; -- refused: schema "hotel" does not exist
drop extension hstore; -- refused: extension "hstore" does not exist
drop role nobody_here; -- refused: role "nobody_here" does not exist
-- case: constraints of columns that are not there
create table a(id integer, primary key (number)); -- refused: column "number" named in key does not exist
create table b(id integer, unique (number)); -- refused: column "number" named in key does not exist
create table c(id integer, check (number > 0)); -- refused: column "number" does not exist
create table e(id integer, area integer generated always as (width * 2) stored); -- refused: column "width" does not exist
create table g(id integer);
-- case: columns dropped that others need
create table t(a integer, b integer, c integer, d integer, e integer, g integer generated always as (c + 1) stored);
create view v as select a from t where b > 0;
create policy p on t using (d > 0);
alter table t drop column c; -- refused: cannot drop column c of table t because other objects depend on it
alter table t drop column d; -- refused: cannot drop column d of table t because other objects depend on it
alter table t drop column e;
-- case: types dropped that others need
create type k as enum ('a');
create domain d as k;
create type m as (x d);
create table t(x m);
create function f(x k) returns integer language sql as 'select 1';
drop type m; -- refused: cannot drop type m because other objects depend on it
drop table t;
drop type m;
drop domain d;
drop function f;
drop type k;
-- case: functions dropped that others need
create function f() returns integer language sql immutable as 'select 1';
create function g() returns trigger language plpgsql as $$ begin return new; end $$;
create function h(x integer) returns boolean language sql immutable as 'select x > 0';
create table t(id integer default f(), n integer check (h(n)));
create trigger t before insert on t for each row execute function g();
create view v as select f() as one;
drop function g(); -- refused: cannot drop function g() because other objects depend on it
-- case: schemas and roles dropped that are used
create schema hotel;
create table hotel.beds(id integer);
drop schema hotel; -- refused: cannot drop schema hotel because other objects depend on it
create role cleaner;
create policy p on hotel.beds to cleaner using (true);
-- case: a view replaced by one with other columns
create table t(id integer, name text);
create view v as select id, name from t;
create or replace view v as select id, name, 1 as one from t;
create or replace view t as select 1 as one; -- refused: "t" is not a view
create materialized view m as select id from t;
create or replace view m as select id from t; -- refused: "m" is not a view
-- case: not null, identities and defaults
create table t(id integer primary key, n integer, i integer generated always as identity, d integer not null default 1);
alter table t alter column n drop identity if exists;
alter table t alter column i type text; -- refused: identity column type must be smallint, integer, or bigint
-- case: a statement of several actions is done whole or not at all
create table t(id integer);
alter table t add column a integer, drop column nope; -- refused: column "nope" of relation "t" does not exist
alter table t add column b integer, add column b integer; -- refused: column "b" of relation "t" already exists
drop table t, nope; -- refused: table "nope" does not exist
-- case: a transaction is done whole or not at all
create table t(id integer);
begin;
alter table t add column a integer;
alter table nope add column b integer; -- refused: relation "nope" does not exist
commit;
create table w(id integer);
begin;
create table x(id integer);
commit;
-- case: kinds that do not fit
create table t(id integer);
create view v as select id from t;
create sequence s;
alter view t set (security_barrier = true); -- refused: "t" is not a view
alter sequence t increment 2; -- refused: "t"
drop sequence t; -- refused: "t" is not a sequence
create table u(id integer) inherits (v); -- refused: inherited relation "v" is not a table or foreign table
-- case: inheriting
create table a(id integer);
create table b(id text);
create table c(n integer);
create table f(n integer) inherits (a);
alter table a inherit f; -- refused: circular inheritance not allowed
-- case: a check that asks
create table beds(id integer);
create table a(id integer check (id in (select id from beds))); -- refused: cannot use subquery in check constraint
create table b(id integer, check (exists (select 1 from beds))); -- refused: cannot use subquery in check constraint
alter table beds add constraint sane check ((select true)); -- refused: cannot use subquery in check constraint
-- case: a check that counts
create table a(id integer check (sum(id) > 0)); -- refused: aggregate functions are not allowed in check constraints
create table b(id integer, check (count(*) = 1)); -- refused: aggregate functions are not allowed in check constraints
create table c(id integer, check (row_number() over () = 1)); -- refused: window functions are not allowed in check constraints
create table e(id integer, n integer, check (greatest(id, n) > 0 and abs(n) < 10));
-- case: a column's check of another column
create table a(id integer check (n > 0), n integer);
create table b(id integer check (x.n > 0)); -- refused: missing FROM-clause entry for table "x"
-- case: a default that names a column, asks or counts
create table beds(id integer);
create table a(id integer, n integer default id); -- refused: cannot use column reference in DEFAULT expression
create table b(id integer default (select 1)); -- refused: cannot use subquery in DEFAULT expression
create table c(id integer default count(*)); -- refused: aggregate functions are not allowed in DEFAULT expressions
create table d(at timestamp default now); -- refused: cannot use column reference in DEFAULT expression
create table e(name text default hello); -- refused: cannot use column reference in DEFAULT expression
create table f(name text default "hello"); -- refused: cannot use column reference in DEFAULT expression
alter table beds alter column id set default other; -- refused: cannot use column reference in DEFAULT expression
create table h(id integer default 1, at timestamp default current_timestamp, u text default current_user);
-- case: generated columns
create table a(id integer, n integer generated always as (id * 2) stored, m integer generated always as (n * 2) stored); -- refused: cannot use generated column "n" in column generation expression
create table b(id integer generated always as (id * 2) stored); -- refused: cannot use generated column "id" in column generation expression
create table e(id integer generated always as ((select 1)) stored); -- refused: cannot use subquery in column generation expression
create table f(id integer, n bigint generated always as (sum(id)) stored); -- refused: aggregate functions are not allowed in column generation expressions
create table g(id integer, n integer generated always as (id * 2) stored);
alter table g add column m integer generated always as (n + 1) stored; -- refused: cannot use generated column "n" in column generation expression
create table h(a text, b text, c text generated always as (a || ' ' || b) stored, d tsvector generated always as (to_tsvector('english', a)) stored);
create function half(x integer) returns integer language plpgsql as 'begin return x / 2; end';
create table k(id integer, n integer generated by default as (id) stored); -- refused: for a generated column, GENERATED ALWAYS must be specified
-- case: expressions of indexes
create table t(id integer, at timestamptz, name text);
create index e on t(count(*)); -- refused: aggregate functions are not allowed in index expressions
create index f on t(id) where id in (select 1); -- refused: cannot use subquery in index predicate
create function folded(x text) returns text language plpgsql as 'begin return lower(x); end';
create index i on t(lower(name), (id + 1)) where name <> '';
-- case: policies
create table t(id integer);
create policy d on t using (count(*) > 0); -- refused: aggregate functions are not allowed in policy expressions
create policy f on t using ((select count(*) from t) > 0);
create policy g on t for insert with check (id > 0);
create view v as select id from t;
-- case: triggers
create table t(id integer);
create view v as select id from t;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger h before insert on t for each row when (exists (select 1 from t)) execute function touch(); -- refused: cannot use subquery in trigger WHEN condition
create trigger i before insert on t for each row when (new.nope > 0) execute function touch(); -- refused: column new.nope does not exist
create trigger j instead of insert on v for each row execute function touch();
create trigger k before insert or update on t for each row when (new.id > 0) execute function touch();
-- case: words that are reserved
create table user(id integer); -- refused: syntax error at or near "user"
create table a(order integer); -- refused: syntax error at or near "order"
create table b(id integer, default text); -- refused: syntax error at or near "default"
create table c(left integer); -- refused: syntax error at or near "left"
create table group(id integer); -- refused: syntax error at or near "group"
create type table as enum ('a'); -- refused: syntax error at or near "table"
create view check as select 1 as one; -- refused: syntax error at or near "check"
create table d(id integer, name text, value text, key text, type text, level integer, "user" text, date date);
alter table d add column limit integer; -- refused: syntax error at or near "limit"
-- case: names of the system
create table a(ctid integer); -- refused: column name "ctid" conflicts with a system column name
create table b(xmin integer); -- refused: column name "xmin" conflicts with a system column name
create role pg_mine; -- refused: role name "pg_mine" is reserved
create table c(oid integer);
-- case: types, labels and attributes twice
create type k as enum ('a');
create type k as enum ('b'); -- refused: type "k" already exists
create domain k as integer; -- refused: type "k" already exists
alter type k add value 'a'; -- refused: enum label "a" already exists
alter type k add value if not exists 'a';
alter type k rename value 'b' to 'c'; -- refused: "b" is not an existing enum label
alter type k add value 'c' before 'b'; -- refused: "b" is not an existing enum label
create type n as (x integer);
-- case: the same in other statements
create table t(x integer, y text);
alter table t add column z varchar(0); -- refused: length for type varchar must be at least 1
alter table t alter column y type varchar(0); -- refused: length for type varchar must be at least 1
create domain d as numeric(2000, 3); -- refused: NUMERIC precision 2000 must be between 1 and 1000
create type c as (x varchar(0)); -- refused: length for type varchar must be at least 1
-- case: deferring
create table a(id integer primary key);
create table b(a integer references a not deferrable initially deferred); -- refused: constraint declared INITIALLY DEFERRED must be DEFERRABLE
create table c(id integer primary key not deferrable initially deferred); -- refused: constraint declared INITIALLY DEFERRED must be DEFERRABLE
create table d(id integer, unique (id) not deferrable initially deferred); -- refused: constraint declared INITIALLY DEFERRED must be DEFERRABLE
create table i(id integer not null deferrable); -- refused: misplaced DEFERRABLE clause
alter table a add constraint k foreign key (id) references a not deferrable initially deferred; -- refused: constraint declared INITIALLY DEFERRED must be DEFERRABLE
create table j(a integer references a initially deferred, b integer references a deferrable initially immediate);
-- case: keys over types without an order
create table a(x json primary key); -- refused: data type json has no default operator class for access method "btree"
create table b(x point unique); -- refused: data type point has no default operator class for access method "btree"
create table c(x xml, unique (x)); -- refused: data type xml has no default operator class for access method "btree"
create table d(x json, y jsonb primary key);
create index j on d using gin (y);
-- case: partitions and their keys
create table a(id integer primary key, at date) partition by range (at); -- refused: unique constraint on partitioned table must include all partitioning columns
create table b(id integer, at date, unique (id)) partition by list (at); -- refused: unique constraint on partitioned table must include all partitioning columns
create table c(id integer, at date) partition by range (at);
alter table c add primary key (id); -- refused: unique constraint on partitioned table must include all partitioning columns
alter table c add primary key (id, at);
create table d(id integer, at date, primary key (id)) partition by range ((at + 1)); -- refused: unsupported PRIMARY KEY constraint with partition key definition
-- case: names that are columns all the same
create type money_of as (amount numeric, currency text);
create table a(price money_of, currency text generated always as ((price).currency) stored, n integer generated always as (1) stored);
create table b(id integer, at timestamptz default (now() at time zone 'utc'), who text default user, check (a_of(id) > 0)); -- refused: function a_of(
create table c(id integer, parent integer, check (c.id > 0), check (c is not null));
create view e as select count from (select count(*) from c) as x;
create view f as select x.id, y.parent from c x left join c y using (id) where exists (select 1 from c where c.id = x.parent);
create view g as with recursive t(n) as (select 1 union all select n + 1 from t) select n, t.n as m from t;
create view h as select key, v.value from jsonb_each('{}') as v where key > '';
create policy p on c using (parent in (select x.id from c x where x.id = parent) and c.id = parent);
create function a_of(x integer) returns integer language sql immutable as 'select x';
-- case: names of siblings that are not there
create table a(id integer, n integer);
create view b as select x.id from a x where exists (select 1 from a y where y.m = x.id); -- refused: column y.m does not exist
create view d as select x.id from a x join a y on x.id = y.nope; -- refused: column y.nope does not exist
create policy p on a using (exists (select 1 from a x where x.id = nope)); -- refused: column "nope" does not exist
create materialized view e as select nope from a; -- refused: column "nope" does not exist
alter table a add constraint k check (nope is null); -- refused: column "nope" does not exist
alter table a add constraint k check (later > 0), add column later integer;
alter table a alter column n set default id; -- refused: cannot use column reference in DEFAULT expression
alter table a add column m integer default max(1); -- refused: aggregate functions are not allowed in DEFAULT expressions
create table z(id integer generated always as (nope) stored); -- refused: column "nope" does not exist
