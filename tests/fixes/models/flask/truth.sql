CREATE TABLE users (id serial PRIMARY KEY, email varchar(200) NOT NULL UNIQUE, nickname text, active boolean NOT NULL DEFAULT true, data jsonb, tags text[], born date CHECK (born > '1900-01-01'));
CREATE TABLE posts (id serial PRIMARY KEY, author_id integer NOT NULL REFERENCES users (id), heading varchar(100) NOT NULL, body text NOT NULL DEFAULT '', at timestamptz);
CREATE INDEX posts_at ON posts (at DESC);
CREATE TABLE post_tags (post_id integer REFERENCES posts (id) ON DELETE CASCADE, tag text, PRIMARY KEY (post_id, tag));
CREATE UNIQUE INDEX u ON posts (author_id, heading);
