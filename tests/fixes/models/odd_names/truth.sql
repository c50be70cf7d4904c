CREATE TYPE "bad""); import os; (" AS ENUM ('a''"""\n', E'new\nline', '{x}');
CREATE TABLE "t""1; import os" (id integer PRIMARY KEY, "class" text, "1x" text, "a b" varchar(30) NOT NULL DEFAULT E'"""\\'' \n', "__tablename__" text, metadata text, "q""" text CHECK ("q""" <> ':name'), e "bad""); import os; (");
COMMENT ON COLUMN "t""1; import os"."a b" IS E'""" # \n\t \\';
COMMENT ON TABLE "t""1; import os" IS E'\'\'\'"""';
CREATE INDEX "i""x" ON "t""1; import os" ("a b" DESC, lower("class"));
CREATE TABLE ok (id integer PRIMARY KEY, n varchar(20), "import" integer, "None" integer, at interval second(3), d text);
