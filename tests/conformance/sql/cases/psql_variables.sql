\set ON_ERROR_STOP on
\set schema app
\set table 'my table'
\set owner postgres
\set both :schema '_' x
\set says 'it''s' "\n" :undefined
\set list 'CREATE TABLE one (id int); CREATE TABLE two (id int)'
CREATE SCHEMA :schema;
CREATE TABLE :schema.:"table" (id int PRIMARY KEY, note text DEFAULT :'says', plain text DEFAULT ':schema',
  parts int[] DEFAULT '{1,2}', part int[] CHECK ((parts[1:2])[1] > 0));
CREATE INDEX :both ON :"schema".:"table" (note);
ALTER TABLE :schema.:"table" OWNER TO :owner;
:list;
CREATE TABLE pre_:schema (id int);
DO $$ BEGIN CREATE TABLE by_block (t text DEFAULT ':schema'); END $$;
\unset schema
\set empty
CREATE TABLE after (t text DEFAULT :'empty' CHECK (t <> ':schema'));
