-- Names that nobody wrote, as the server chooses them: numbers where taken, cut at 63 bytes.
CREATE TABLE taken_name_key (id int);
CREATE TABLE taken (
    name text UNIQUE,
    a int PRIMARY KEY CHECK (a > 0) CHECK (a < 100),
    b int CHECK (b > a),
    c int CHECK (1 = 1),
    UNIQUE (a, b),
    UNIQUE (b, a),
    CHECK (c > 0 AND c < 10),
    FOREIGN KEY (b) REFERENCES taken (a),
    FOREIGN KEY (b) REFERENCES taken (a) ON DELETE CASCADE
);
CREATE TABLE a_table_with_quite_a_long_name_indeed (
    a_column_with_quite_a_long_name_as_well_and_more int UNIQUE CHECK (a_column_with_quite_a_long_name_as_well_and_more > 0),
    another_column_of_some_length int REFERENCES taken,
    id serial PRIMARY KEY
);
CREATE INDEX ON taken (name, lower(name), (a + b), coalesce(name, 'x'), (c::text), (b));
CREATE INDEX ON taken (name, lower(name), (a + b), coalesce(name, 'x'), (c::text), (b));
CREATE INDEX ON taken (upper(name)) INCLUDE (a);
CREATE INDEX ON taken ((CASE WHEN a > 1 THEN 1 ELSE 2 END), (CAST(a AS text)), ('x'::text || name), (name COLLATE "C"));
CREATE UNIQUE INDEX ON a_table_with_quite_a_long_name_indeed (another_column_of_some_length, a_column_with_quite_a_long_name_as_well_and_more);
CREATE TABLE "Mixed Case" ("Id" int PRIMARY KEY, "select" text UNIQUE, "quo""te" int CHECK ("quo""te" > 0), ünï int UNIQUE);
CREATE INDEX ON "Mixed Case" ("quo""te", ünï);
CREATE TABLE dup (id int PRIMARY KEY UNIQUE, a int UNIQUE, CONSTRAINT named UNIQUE (a), UNIQUE (a));
CREATE TABLE checked (checked_a_check int, a int, CONSTRAINT checked_a_check CHECK (a > 1), CHECK (a > 2), CHECK (checked.a > 3));
ALTER TABLE checked ADD CHECK (a < 10), ADD UNIQUE (a), ADD PRIMARY KEY (a), ADD FOREIGN KEY (a) REFERENCES dup;
ALTER TABLE checked ADD COLUMN b int UNIQUE CHECK (b > 0) REFERENCES dup (id);
