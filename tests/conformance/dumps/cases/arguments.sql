-- Constants without a type among the arguments of functions, and constants that the server stores in another spelling.
CREATE SEQUENCE counter;
CREATE TABLE page (
    doc jsonb, raw json, body text, words tsvector, markup xml, tags text[], marks integer[],
    open tstzrange, days daterange, id uuid,
    CHECK (jsonb_path_exists(doc, '$.a[*] ? (@.b >= 2 && @.c like_regex "^x" flag "i")')),
    CHECK (jsonb_path_match(doc, 'strict $.n > 1 || exists($.m ? (@ starts with "y"))')),
    CHECK (doc @? '$.x.**{2 to 3}.size()'), CHECK (jsonb_set(doc, '{a,b}', '1') <> doc), CHECK (doc - 'k' <> '{}'),
    CHECK (words @@ 'fat & (rat | !cat:ab)'), CHECK (words @@ to_tsquery('english', 'one <-> two')),
    CHECK (to_tsvector('simple', body) @@ plainto_tsquery('big dog')), CHECK (xpath_exists('/a/b', markup)),
    CHECK (array_position(tags, 'a') > 0), CHECK (array_append(marks, 3) <> '{}'), CHECK (tags && '{a,b}'),
    CHECK (open && '[2024-01-01,2025-01-01)'), CHECK (days <@ '[2024-01-01,2024-12-31]'), CHECK (upper(days) > '2020-1-2'),
    CHECK (id <> 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), CHECK (array_to_string(tags, ',') <> ''),
    CHECK (string_to_array(body, ';') <> '{}'), CHECK (to_date(body, 'YYYY') > 'epoch')
);
CREATE TABLE spans (
    a int4range DEFAULT '[1,5]', b int8range DEFAULT '(3,9]', c numrange DEFAULT '[1.5,2]',
    d daterange DEFAULT '(2024-02-28,2024-03-01]', e int4multirange DEFAULT '{[1,3]}', f int4range DEFAULT 'empty',
    g int4range DEFAULT '(4,5)', h tsrange DEFAULT '[2024-01-01 10:00,)', i int4range DEFAULT '[,7]',
    k integer DEFAULT nextval('counter'::text), CHECK (a <@ '[0,99]'::int4range)
);
