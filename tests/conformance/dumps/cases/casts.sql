-- Casts that the server makes unsaid: operators, functions, COALESCE and its like, over domains too.
CREATE DOMAIN amount AS bigint CHECK (mod(VALUE, 3) <> 1);
CREATE TABLE parcel (
    id bigint, pieces integer, half smallint, price numeric(8,2), weight double precision, share real,
    code char(4), label varchar(20), sent date, due timestamp, seen timestamptz, took interval, given amount, note text,
    CHECK (mod(id, 7) < 3), CHECK (pieces % 2.5 > 0), CHECK (half * price > id), CHECK (share + 0.5 < weight),
    CHECK (greatest(pieces, id, 1.5) > least(half, 2)), CHECK (coalesce(half, id, 0) >= 0),
    CHECK (nullif(pieces, 2.5) IS NOT NULL), CHECK (CASE WHEN pieces > 1 THEN half ELSE price END < 10),
    CHECK (log(pieces) < sqrt(id)), CHECK (atan2(half, pieces) < 1), CHECK (||/ pieces < 9), CHECK (@ half < 100),
    CHECK (width_bucket(pieces, 1, 50, 5) = 2), CHECK (round(pieces, 1) = 1), CHECK (power(half, 2) < 500),
    CHECK (due - sent > '2 days'), CHECK (seen - due < '1 hour'), CHECK (sent + took < due), CHECK (took * 2 < '1 day'),
    CHECK (age(due, sent) < '1 mon'), CHECK (date_trunc('DAY', sent) < due), CHECK (extract(year FROM sent) > 2000),
    CHECK (given + 1 > pieces), CHECK (mod(given, 10) = 2), CHECK (code || label <> note), CHECK (length(code) = 2),
    CHECK (lower(code) = 'ab'), CHECK (pieces IN (1, 2.5, 3)), CHECK (id = ANY (ARRAY[1, 2])),
    CHECK (price BETWEEN 1 AND 9.5), CHECK (half IS DISTINCT FROM id), CHECK ((pieces, half) = (id, 3)),
    CHECK (position('a' in label) > 0), CHECK (overlay(label placing 'x' from 1) <> ''), CHECK (label SIMILAR TO 'a%'),
    CHECK (substring(note from 2 for 3) <> trim(both 'x' from label)), CHECK (to_char(sent, 'YYYY') > '2000')
);
CREATE INDEX parcel_rest ON parcel ((mod(id, 5)), (coalesce(price, pieces)), (|/ half)) WHERE least(id, half) > 2;
