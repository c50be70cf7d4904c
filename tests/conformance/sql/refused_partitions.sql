-- case: ranges of days
CREATE TABLE a (d date, n int) PARTITION BY RANGE (d);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE a2 PARTITION OF a FOR VALUES FROM ('2024-01-15') TO ('2024-03-01'); -- refused: partition "a2" would overlap partition "a1"
CREATE TABLE a3 PARTITION OF a FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
CREATE TABLE a4 PARTITION OF a FOR VALUES FROM (MINVALUE) TO ('2023-01-01');
CREATE TABLE a5 PARTITION OF a FOR VALUES FROM ('2022-01-01') TO ('2022-02-01'); -- refused: partition "a5" would overlap partition "a4"
CREATE TABLE a6 PARTITION OF a FOR VALUES FROM ('2030-01-01') TO (MAXVALUE);
CREATE TABLE a7 PARTITION OF a FOR VALUES FROM ('2024-05-01') TO ('2024-04-01'); -- refused: empty range bound specified for partition "a7"
CREATE TABLE a8 PARTITION OF a FOR VALUES FROM ('2024-05-01') TO ('2024-05-01'); -- refused: empty range bound specified for partition "a8"
CREATE TABLE a9 PARTITION OF a FOR VALUES FROM ('2024-05-01', 1) TO ('2024-06-01', 2); -- refused: FROM must specify exactly one value per partitioning column
CREATE TABLE a10 PARTITION OF a FOR VALUES IN ('2024-05-01'); -- refused: invalid bound specification for a range partition
-- case: ranges of numbers
CREATE TABLE a (d bigint) PARTITION BY RANGE (d);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (0) TO (100);
CREATE TABLE a2 PARTITION OF a FOR VALUES FROM (99) TO (200); -- refused: partition "a2" would overlap partition "a1"
CREATE TABLE a3 PARTITION OF a FOR VALUES FROM (100) TO (200);
CREATE TABLE a4 PARTITION OF a FOR VALUES FROM ('150') TO ('160'); -- refused: partition "a4" would overlap partition "a3"
CREATE TABLE a5 PARTITION OF a FOR VALUES FROM (-10) TO (0);
-- case: lists
CREATE TABLE a (d text) PARTITION BY LIST (d);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN ('a', 'b');
CREATE TABLE a2 PARTITION OF a FOR VALUES IN ('b', 'c'); -- refused: partition "a2" would overlap partition "a1"
CREATE TABLE a3 PARTITION OF a FOR VALUES IN ('c', 'c');
CREATE TABLE a4 PARTITION OF a FOR VALUES IN (NULL);
CREATE TABLE a5 PARTITION OF a FOR VALUES IN (NULL, 'z'); -- refused: partition "a5" would overlap partition "a4"
CREATE TABLE a6 PARTITION OF a FOR VALUES FROM ('x') TO ('y'); -- refused: invalid bound specification for a list partition
-- case: remainders
CREATE TABLE a (d int) PARTITION BY HASH (d);
CREATE TABLE a1 PARTITION OF a FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE a2 PARTITION OF a FOR VALUES WITH (MODULUS 4, REMAINDER 0); -- refused: partition "a2" would overlap partition "a1"
CREATE TABLE a3 PARTITION OF a FOR VALUES WITH (MODULUS 8, REMAINDER 4); -- refused: partition "a3" would overlap partition "a1"
CREATE TABLE a4 PARTITION OF a FOR VALUES WITH (MODULUS 6, REMAINDER 1); -- refused: every hash partition modulus must be a factor of the next larger modulus
CREATE TABLE a5 PARTITION OF a FOR VALUES WITH (MODULUS 4, REMAINDER 4); -- refused: remainder for hash partition must be less than modulus
CREATE TABLE a6 PARTITION OF a FOR VALUES WITH (MODULUS 0, REMAINDER 0); -- refused: modulus for hash partition must be an integer value greater than zero
CREATE TABLE a7 PARTITION OF a DEFAULT; -- refused: a hash-partitioned table may not have a default partition
-- case: tables that cannot become partitions
CREATE TABLE a (d int NOT NULL, t text) PARTITION BY RANGE (d);
CREATE TABLE m1 (d int NOT NULL);
CREATE TABLE m2 (d bigint NOT NULL, t text);
CREATE TABLE m3 (d int NOT NULL, t text, x int);
CREATE TABLE m4 (d int, t text);
CREATE TABLE m5 (d int NOT NULL, t text);
CREATE TABLE m6 (d int NOT NULL, t text);
ALTER TABLE a ATTACH PARTITION m1 FOR VALUES FROM (0) TO (10); -- refused: child table is missing column "t"
ALTER TABLE a ATTACH PARTITION m2 FOR VALUES FROM (0) TO (10); -- refused: child table "m2" has different type for column "d"
ALTER TABLE a ATTACH PARTITION m3 FOR VALUES FROM (0) TO (10); -- refused: table "m3" contains column "x" not found in parent "a"
ALTER TABLE a ATTACH PARTITION m4 FOR VALUES FROM (0) TO (10); -- refused: column "d" in child table "m4" must be marked NOT NULL
ALTER TABLE a ATTACH PARTITION m5 FOR VALUES FROM (0) TO (10);
ALTER TABLE a ATTACH PARTITION m6 FOR VALUES FROM (5) TO (15); -- refused: partition "m6" would overlap partition "m5"
ALTER TABLE a ATTACH PARTITION m5 FOR VALUES FROM (10) TO (20); -- refused: "m5" is already a partition
-- case: tables that cannot inherit
CREATE TABLE p (a int NOT NULL, b text, CHECK (a > 0));
CREATE TABLE c1 (a int NOT NULL);
CREATE TABLE c2 (a bigint NOT NULL, b text);
CREATE TABLE c3 (a int, b text);
CREATE TABLE c4 (a int NOT NULL, b text);
CREATE TABLE c5 (a int NOT NULL, b text, CONSTRAINT p_a_check CHECK (a > 0));
ALTER TABLE c1 INHERIT p; -- refused: child table is missing column "b"
ALTER TABLE c2 INHERIT p; -- refused: child table "c2" has different type for column "a"
ALTER TABLE c3 INHERIT p; -- refused: column "a" in child table "c3" must be marked NOT NULL
ALTER TABLE c4 INHERIT p; -- refused: child table is missing constraint "p_a_check"
ALTER TABLE c5 INHERIT p;
ALTER TABLE c5 INHERIT p; -- refused: relation "p" would be inherited from more than once
ALTER TABLE p INHERIT c5; -- refused: circular inheritance not allowed
ALTER TABLE p INHERIT p; -- refused: circular inheritance not allowed
ALTER TABLE c5 NO INHERIT p;
ALTER TABLE c5 NO INHERIT p; -- refused: relation "p" is not a parent of relation "c5"
CREATE TABLE c6 (a text) INHERITS (p); -- refused: column "a" has a type conflict
CREATE TABLE c7 (z text) INHERITS (p, p); -- refused: relation "p" would be inherited from more than once
-- case: bounds whose order is not known here, and keys of several columns
CREATE TABLE a (t text) PARTITION BY RANGE (t);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM ('a') TO ('m');
CREATE TABLE a2 PARTITION OF a FOR VALUES FROM ('m') TO ('z');
CREATE TABLE b (x int, y int) PARTITION BY RANGE (x, y);
CREATE TABLE b1 PARTITION OF b FOR VALUES FROM (1, MINVALUE) TO (2, MINVALUE);
CREATE TABLE b2 PARTITION OF b FOR VALUES FROM (2, 1) TO (2, MAXVALUE);
CREATE TABLE b3 PARTITION OF b FOR VALUES FROM (3) TO (4); -- refused: FROM must specify exactly one value per partitioning column
CREATE TABLE c (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE c1 PARTITION OF c FOR VALUES FROM ('2024-01-01') TO ('2024-02-01 00:00:00');
CREATE TABLE c2 PARTITION OF c FOR VALUES FROM ('2024-02-01') TO ('2024-03-01 00:00:00+00');
CREATE TABLE c3 PARTITION OF c FOR VALUES FROM ('2024-01-31') TO ('2024-02-02'); -- refused: partition "c3" would overlap partition "c1"
CREATE TABLE c4 PARTITION OF c FOR VALUES FROM ('2024-04-01 12:00') TO ('2024-05-01');
CREATE TABLE d (n int) PARTITION BY RANGE ((n + 1));
CREATE TABLE d1 PARTITION OF d FOR VALUES FROM (1) TO (5);
CREATE TABLE d2 PARTITION OF d FOR VALUES FROM (5) TO (10);
CREATE TABLE e (n numeric) PARTITION BY RANGE (n);
CREATE TABLE e1 PARTITION OF e FOR VALUES FROM (1.5) TO (2.5);
CREATE TABLE e2 PARTITION OF e FOR VALUES FROM (2.5) TO (1e3);
-- case: a place that is free again, and partitions of partitions
CREATE TABLE a (n int, m int) PARTITION BY RANGE (n);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (0) TO (10);
ALTER TABLE a DETACH PARTITION a1;
CREATE TABLE a2 PARTITION OF a FOR VALUES FROM (5) TO (15);
DROP TABLE a2;
CREATE TABLE a3 PARTITION OF a FOR VALUES FROM (0) TO (20) PARTITION BY LIST (m);
CREATE TABLE a4 PARTITION OF a3 FOR VALUES IN (1, 2);
CREATE TABLE a5 PARTITION OF a3 FOR VALUES IN (2); -- refused: partition "a5" would overlap partition "a4"
CREATE TABLE a6 PARTITION OF a3 FOR VALUES IN ('-2', -3);
CREATE TABLE a7 PARTITION OF a3 FOR VALUES IN (-3); -- refused: partition "a7" would overlap partition "a6"
ALTER TABLE a ATTACH PARTITION a1 FOR VALUES FROM (20) TO (30);
ALTER TABLE a ATTACH PARTITION a4 FOR VALUES FROM (40) TO (50); -- refused: "a4" is already a partition
-- case: a partition of a table with a key
CREATE TABLE a (n int PRIMARY KEY, t varchar(20)) PARTITION BY RANGE (n);
CREATE TABLE a1 (n int, t varchar(20));
CREATE TABLE a2 (n int PRIMARY KEY, t varchar(20));
CREATE TABLE a3 (t varchar(20), n int NOT NULL);
ALTER TABLE a ATTACH PARTITION a1 FOR VALUES FROM (0) TO (10); -- refused: column "n" in child table "a1" must be marked NOT NULL
ALTER TABLE a ATTACH PARTITION a2 FOR VALUES FROM (0) TO (10);
ALTER TABLE a ATTACH PARTITION a3 FOR VALUES FROM (10) TO (20);
-- case: what inherits in good order
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE p (a int, b positive, CONSTRAINT alone CHECK (a > 0) NO INHERIT);
CREATE TABLE c1 (a int NOT NULL, b positive, z text);
ALTER TABLE c1 INHERIT p;
ALTER TABLE c1 NO INHERIT p;
ALTER TABLE c1 INHERIT p;
CREATE TABLE r (a int, c text) INHERITS (p);
CREATE TABLE s (a int4) INHERITS (p, r);
CREATE TABLE u (c int) INHERITS (r); -- refused: column "c" has a type conflict
