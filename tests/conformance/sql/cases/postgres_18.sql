-- requires: 18
CREATE TABLE plain (id int PRIMARY KEY);
CREATE TABLE t (
    a int, v int GENERATED ALWAYS AS (a * 2) VIRTUAL, w int GENERATED ALWAYS AS (a + 1), id int4range, during daterange NOT NULL,
    CONSTRAINT key_of_t PRIMARY KEY (id, during WITHOUT OVERLAPS),
    CONSTRAINT nn NOT NULL a,
    UNIQUE (id, during WITHOUT OVERLAPS),
    CHECK (a > 0) NOT ENFORCED
);
CREATE TABLE f (
    id int, during daterange, t_id int4range, other int REFERENCES plain (id) NOT ENFORCED,
    FOREIGN KEY (t_id, PERIOD during) REFERENCES t (id, PERIOD during)
);
