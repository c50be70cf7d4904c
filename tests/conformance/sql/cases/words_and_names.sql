-- What an expression names, and what only looks like it: dropped and renamed.
CREATE TYPE mood AS ENUM ('s', 'y');
CREATE TABLE dropped (
    a text, s text, "my s" text, year integer, made date,
    CONSTRAINT c1 CHECK (a <> E'it\'s'),
    CONSTRAINT c2 CHECK (a <> E'\'' AND s <> E'\''),
    CONSTRAINT c3 CHECK (a <> $$it's s$$),
    CONSTRAINT c4 CHECK (a <> U&'!0027 s' UESCAPE '!'),
    CONSTRAINT c5 CHECK (U&"!0073" UESCAPE '!' <> ''),
    CONSTRAINT c6 CHECK (a <> '' /* s /* it's */ s */),
    CONSTRAINT c7 CHECK (a <> 'x'
      ' s'),
    CONSTRAINT c9 CHECK ("my s" <> ''),
    CONSTRAINT c10 CHECK (extract(year FROM made) > 2000),
    CONSTRAINT c11 CHECK (trim(BOTH FROM s) <> ''),
    CONSTRAINT c12 CHECK (a <> (mood 's')::text)
);
CREATE INDEX dropped_a ON dropped (a) WHERE a <> E'it\'s';
CREATE INDEX dropped_b ON dropped (a) WHERE a <> E'\'' AND s <> '';
ALTER TABLE dropped DROP COLUMN s, DROP COLUMN year;

CREATE TABLE renamed (
    a text, s text, made date, "order" integer, "in" integer,
    CONSTRAINT r1 CHECK (a <> E'it\'s' AND s <> E'it\'s'),
    CONSTRAINT r2 CHECK (extract(year FROM made) > 2000),
    CONSTRAINT r3 CHECK (trim(BOTH FROM s) <> '' AND trim('s' FROM s) <> ''),
    CONSTRAINT r4 CHECK (substring(s FROM 2) <> 's'),
    CONSTRAINT r5 CHECK (overlay(s PLACING 's' FROM 1 FOR 2) <> ''),
    CONSTRAINT r6 CHECK ("order" > 1 AND "in" IN (1, 2)),
    CONSTRAINT r7 CHECK (U&"\0073" <> 's'
      '' || s),
    CHECK (extract(month FROM made) > 1)
);
CREATE INDEX renamed_s ON renamed (trim(BOTH FROM s)) WHERE s <> E'\' s';
CREATE VIEW renamed_view AS SELECT extract(year FROM made) AS y, s FROM renamed WHERE s <> E'it\'s';
ALTER TABLE renamed RENAME s TO t;
ALTER TABLE renamed RENAME made TO created;
ALTER TABLE renamed RENAME "order" TO rank;
ALTER TABLE renamed RENAME "in" TO "out";

CREATE SEQUENCE "My.seq";
CREATE TABLE counted (a bigint DEFAULT nextval('"My.seq"'), b text DEFAULT 'My.seq');
ALTER SEQUENCE "My.seq" RENAME TO other;
CREATE TABLE typed (a mood CHECK (a = mood 's'), b text DEFAULT 'mood');
ALTER TYPE mood RENAME TO temper;
