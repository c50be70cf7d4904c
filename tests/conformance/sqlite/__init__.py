"""SQLite is the judge: what is read of a source, written as DDL, makes the database that its native tool makes."""
