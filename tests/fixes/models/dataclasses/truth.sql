CREATE TABLE teams (
  id serial PRIMARY KEY,
  name varchar(80) NOT NULL,
  motto text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE users (
  id serial PRIMARY KEY,
  email varchar(60),
  score numeric(8, 3) DEFAULT 1.5,
  age integer NOT NULL,
  team_id integer REFERENCES teams (id) ON DELETE SET NULL
);
