"""SQL files that drift, by SQL: the declarations themselves are edited, and end what they are about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .editing import mended

_ALWAYS = "[compare]\n" + "".join(
    f'{word} = "always"\n'
    for word in "sequences views functions triggers policies domains types comments row-level-security".split()
)

#: The truth, and the file that drifts.
CASES: dict[str, tuple[str, str]] = {
    'types': (
        'CREATE TABLE a (id bigint PRIMARY KEY, n varchar(30) NOT NULL, t timestamptz, k numeric(10,2), j jsonb);',
        """CREATE TABLE a (
  id int PRIMARY KEY, -- the id
  n text /* odd */ NOT NULL,
  t timestamp, -- when
  k decimal(8,2),
  j json
);
""",
    ),
    'nullable': (
        "CREATE TABLE a (id int PRIMARY KEY, n int, m text NOT NULL DEFAULT 'x', o text NOT NULL);",
        """create table a (id int primary key, n int not null /* why */, m text null default 'x', o text -- last
);""",
    ),
    'defaults': (
        "CREATE TABLE a (id int PRIMARY KEY, n int DEFAULT 3, m text, o timestamptz DEFAULT now(), p text NOT NULL DEFAULT 'it''s');",
        """CREATE TABLE a (id int PRIMARY KEY, n int DEFAULT 2, -- two
 m text DEFAULT 'gone' /* m */, o timestamptz, p text DEFAULT 'its' NOT NULL);""",
    ),
    'column removed last': (
        'CREATE TABLE a (id int PRIMARY KEY);',
        """CREATE TABLE a (
  id int PRIMARY KEY, -- keep me
  gone text
);
""",
    ),
    'column removed middle, two at end': (
        'CREATE TABLE a (id int PRIMARY KEY, n int);',
        """CREATE TABLE a (
  id int PRIMARY KEY, -- keep me
  gone text,
  n int, -- and me
  gone2 text,
  gone3 text -- away
);
""",
    ),
    'column added': (
        "CREATE TABLE a (id int PRIMARY KEY, n int, m text NOT NULL DEFAULT 'x');",
        """CREATE TABLE a (
  id int PRIMARY KEY -- keep me
);
""",
    ),
    'columns added before constraints': (
        'CREATE TABLE a (id int, n int, m text, CONSTRAINT a_pk PRIMARY KEY (id), CONSTRAINT a_n CHECK (n > 0));',
        'CREATE TABLE a (\n\tid int, -- keep me\n\tCONSTRAINT a_pk PRIMARY KEY (id)\n);\n',
    ),
    'one line added': (
        'CREATE TABLE a (id int PRIMARY KEY, n int, m text UNIQUE);',
        """CREATE TABLE a (id int PRIMARY KEY);
""",
    ),
    'fk added inline and later': (
        'CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE a (id int PRIMARY KEY, b_id int REFERENCES b (id) ON DELETE CASCADE, c_id int); CREATE TABLE c (id int PRIMARY KEY); ALTER TABLE a ADD CONSTRAINT a_c FOREIGN KEY (c_id) REFERENCES c (id);',
        """CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, b_id int, c_id int);
CREATE TABLE c (id int PRIMARY KEY);
""",
    ),
    'fk options': (
        'CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE a (id int PRIMARY KEY, b_id int, CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b (id) ON UPDATE CASCADE DEFERRABLE);',
        """CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, b_id int);
ALTER TABLE ONLY a
    ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b(id) ON DELETE SET NULL; -- hm
""",
    ),
    'fk default action removed': (
        'CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE a (b_id int CONSTRAINT x REFERENCES b, d int);',
        """CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE a (b_id int CONSTRAINT x REFERENCES b ON DELETE CASCADE, -- c
 d int);
""",
    ),
    'fk other target': (
        'CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE a (b_id int CONSTRAINT x REFERENCES c (id));',
        """CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE c (id int PRIMARY KEY);
CREATE TABLE a (b_id int CONSTRAINT x REFERENCES b);
""",
    ),
    'constraints go': (
        'CREATE TABLE a (id int PRIMARY KEY, n int);',
        """CREATE TABLE a (
  id int PRIMARY KEY,
  n int UNIQUE CHECK (n > 0), -- n
  CONSTRAINT a_x CHECK (id > 0), /* x */
  UNIQUE (id, n)
);
ALTER TABLE a ADD CONSTRAINT more CHECK (n < 9);
""",
    ),
    'check changes': (
        'CREATE TABLE a (id int PRIMARY KEY, n int, CONSTRAINT a_x CHECK (n > 10));',
        """create table a (id int primary key, n int, constraint a_x check (n > 5 /* five */));
""",
    ),
    'unique columns': (
        'CREATE TABLE a (id int PRIMARY KEY, n int, m int, CONSTRAINT u UNIQUE (n, m), CONSTRAINT w UNIQUE NULLS NOT DISTINCT (m));',
        """CREATE TABLE a (id int PRIMARY KEY, n int, m int, CONSTRAINT u UNIQUE (n), CONSTRAINT w UNIQUE (m));
""",
    ),
    'primary key': (
        'CREATE TABLE a (id int, n int NOT NULL, CONSTRAINT a_pkey PRIMARY KEY (id, n)); CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE d (id int NOT NULL);',
        """CREATE TABLE a (id int PRIMARY KEY, n int NOT NULL);
CREATE TABLE c (id int NOT NULL);
CREATE TABLE d (id int PRIMARY KEY);
""",
    ),
    'indexes': (
        'CREATE TABLE a (id int PRIMARY KEY, n int, m text); CREATE UNIQUE INDEX i1 ON a (n); CREATE INDEX i2 ON a (n DESC, m); CREATE INDEX i3 ON a USING hash (m); CREATE INDEX i4 ON a (lower(m)) WHERE n > 3;  CREATE INDEX i6 ON a (n) INCLUDE (m);',
        """CREATE TABLE a (id int PRIMARY KEY, n int, m text);
CREATE INDEX i1 ON a (n); -- one
CREATE INDEX IF NOT EXISTS i2 ON public.a /* here */ (n);
CREATE INDEX i3 ON a (m);
CREATE INDEX i5 ON a (m) WHERE n > 1;
create index i6 on a (n) where n > 2;
""",
    ),
    'enum': (
        "CREATE TYPE m AS ENUM ('a','b','c','d'); CREATE TABLE x (m m);",
        """CREATE TYPE m AS ENUM (
  'a', -- first
  'gone',
  'c'
);
CREATE TABLE x (m m);
""",
    ),
    'enum missing and used': (
        "CREATE TYPE m AS ENUM ('a','b'); CREATE TABLE x (id int PRIMARY KEY, m m DEFAULT 'a');",
        """-- head
CREATE TABLE x (id int PRIMARY KEY, m text);
""",
    ),
    'tables': (
        'CREATE TABLE x (id int PRIMARY KEY); CREATE TABLE y (id serial PRIMARY KEY, x_id int NOT NULL REFERENCES x (id), CONSTRAINT yx UNIQUE (x_id)); CREATE INDEX yi ON y (x_id); ALTER TABLE y ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON y USING (true);',
        """CREATE TABLE x (id int PRIMARY KEY);
CREATE TABLE gone (id int);
CREATE INDEX gi ON gone (id);
INSERT INTO gone VALUES (1);
COMMENT ON TABLE gone IS 'x';""",
    ),
    'policies': (
        'CREATE TABLE x (id int PRIMARY KEY, o text); ALTER TABLE x ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON x FOR SELECT TO PUBLIC USING (o = current_user); CREATE POLICY q ON x FOR INSERT WITH CHECK (id > 1);',
        """CREATE TABLE x (id int PRIMARY KEY, o text);
CREATE POLICY p ON x
  FOR ALL -- all
  USING (o = 'me');
CREATE POLICY r ON x USING (true);
""",
    ),
    'views': (
        'CREATE TABLE x (id int PRIMARY KEY, o text); CREATE VIEW v AS SELECT id, o FROM x WHERE id > 3; CREATE VIEW w AS SELECT id FROM v;',
        """CREATE TABLE x (id int PRIMARY KEY, o text);
CREATE VIEW v AS
  SELECT id, o -- cols
  FROM x WHERE id > 2;
""",
    ),
    'functions': (
        'CREATE TABLE x (id int PRIMARY KEY); CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT a + 2$$;',
        """CREATE TABLE x (id int PRIMARY KEY);
CREATE OR REPLACE FUNCTION f(a integer)
RETURNS integer AS $body$
SELECT a + 1
$body$ LANGUAGE sql; -- f
""",
    ),
    'trigger': (
        'CREATE TABLE x (id int PRIMARY KEY); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$; CREATE TRIGGER t AFTER INSERT OR UPDATE ON x FOR EACH ROW EXECUTE FUNCTION f();',
        """CREATE TABLE x (id int PRIMARY KEY);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER t BEFORE INSERT ON x -- t
  FOR EACH ROW EXECUTE PROCEDURE f();
""",
    ),
    'serial identity': (
        'CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY); CREATE TABLE b (id serial PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE d (id bigserial PRIMARY KEY); CREATE TABLE e (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);',
        """CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
CREATE TABLE c (id serial PRIMARY KEY);
CREATE TABLE d (id serial PRIMARY KEY);
CREATE TABLE e (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
""",
    ),
    'generated': (
        'CREATE TABLE a (id int PRIMARY KEY, n int GENERATED ALWAYS AS (id * 3) STORED, m int, o int GENERATED ALWAYS AS (id + 1) STORED);',
        """CREATE TABLE a (id int PRIMARY KEY, n int GENERATED ALWAYS AS (id * 2 /* two */) STORED, m int GENERATED ALWAYS AS (id) STORED, o int DEFAULT 3);
""",
    ),
    'comments': (
        "CREATE TABLE a (id int PRIMARY KEY); COMMENT ON TABLE a IS 'new'; COMMENT ON COLUMN a.id IS 'id';",
        """CREATE TABLE a (id int PRIMARY KEY);
COMMENT ON TABLE a IS 'old'; -- c
""",
    ),
    'domain sequence': (
        "CREATE DOMAIN d AS text CHECK (VALUE <> 'x'); CREATE SEQUENCE s START 5; CREATE TABLE a (d d);",
        """CREATE DOMAIN d AS text CHECK (VALUE <> 'y');
CREATE SEQUENCE s START 3;
CREATE TABLE a (d d);
""",
    ),
    'names': (
        'CREATE TABLE a (id int, CONSTRAINT pk PRIMARY KEY (id), n int CONSTRAINT un UNIQUE); CREATE INDEX ix ON a (id, n);',
        """CREATE TABLE a (id int PRIMARY KEY, n int UNIQUE);
CREATE INDEX old ON a (id, n);
""",
    ),
    'rls': (
        'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY); ALTER TABLE b ENABLE ROW LEVEL SECURITY;',
        """CREATE TABLE a (id int PRIMARY KEY);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE TABLE b (id int PRIMARY KEY);
""",
    ),
    'quoted and schema': (
        'CREATE SCHEMA app; CREATE TABLE app."User" (id int PRIMARY KEY, "fullName" varchar(20) NOT NULL);',
        """CREATE SCHEMA app;
CREATE TABLE app."User" (id int PRIMARY KEY, "fullName" varchar(10));
""",
    ),
    'crlf and bom': (
        'CREATE TABLE a (id int PRIMARY KEY, n bigint, m text);',
        '\ufeffCREATE TABLE a (\r\n  id int PRIMARY KEY, -- é\r\n  n int -- ü\r\n);\r\n',
    ),
    'pg_dump style': (
        'CREATE TABLE a (id bigint NOT NULL, n text, CONSTRAINT a_pkey PRIMARY KEY (id)); CREATE INDEX i ON a (n); CREATE TABLE b (a_id bigint, CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE);',
        """CREATE TABLE public.a (
    id integer NOT NULL,
    n character varying(20)
);
CREATE TABLE public.b (
    a_id integer
);
ALTER TABLE ONLY public.a
    ADD CONSTRAINT a_pkey PRIMARY KEY (id);
CREATE INDEX i ON public.a USING btree (n, id);
ALTER TABLE ONLY public.b
    ADD CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES public.a(id);
""",
    ),
    'later alter': (
        'CREATE TABLE a (id int PRIMARY KEY, n int NOT NULL);',
        """CREATE TABLE a (id int PRIMARY KEY);
ALTER TABLE a ADD COLUMN n int;
""",
    ),
    'dropped column with key': (
        'CREATE TABLE a (id int PRIMARY KEY);',
        """CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, b_id int REFERENCES b (id), n text);
CREATE INDEX x ON a (n);
""",
    ),
    'create table in another file order': (
        'CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE a (id int PRIMARY KEY, b_id int, CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b (id)); ',
        """CREATE TABLE a (id int PRIMARY KEY);
""",
    ),
    'array and default': (
        "CREATE TABLE a (id int PRIMARY KEY, t text[] NOT NULL DEFAULT '{}', d date DEFAULT CURRENT_DATE);",
        """create table a (id int primary key, t text[] , d timestamp default now());
""",
    ),
    'column list with like and exclude': (
        'CREATE TABLE a (id int PRIMARY KEY, r int4range, n int, CONSTRAINT e EXCLUDE USING gist (r WITH &&));',
        """CREATE TABLE a (
  id int PRIMARY KEY,
  r int4range,

  -- the end
  CONSTRAINT e EXCLUDE USING gist (r WITH =)
);
""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_schema_file_is_edited_where_the_declaration_is(name: str, tmp_path: Path) -> None:
    truth, drift = CASES[name]
    (tmp_path / "truth.sql").write_text(truth)
    (tmp_path / "schema.sql").write_bytes(drift.encode())
    (tmp_path / "driftcheck.toml").write_text(_ALWAYS)
    mended(tmp_path, "truth=sql:truth.sql", "sql:schema.sql")
    after = (tmp_path / "schema.sql").read_bytes().decode()
    kept = re.findall(r"-- (?!away|cols|all|here|first|t$).*|/\* (?!five|two|here).*?\*/", drift)
    assert [one for one in kept if one.strip() not in after] == []
    assert after.count("\r\n") == after.count("\n") or "\r\n" not in drift
