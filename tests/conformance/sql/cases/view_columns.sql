-- What queries give: names and types of their columns.
create domain email as text check (value like '%@%');
create domain code as varchar(8);
create type mood as enum ('a','b');
create type pair as (x int, y varchar(3));
create table t(id serial primary key, a varchar(10), b varchar(20), n numeric(10,2), e email, k code, arr int[], va
    varchar(4)[], j jsonb, ts timestamptz(3), c char(5), m mood, p pair, i interval day to second(2), bt bit(4), sm
    smallint, big bigint, r real, tsr tstzrange, emails email[]);
create view v1 as select coalesce(a,'x') c1, coalesce(a,b) c2, case when id>1 then a else b end c3, n+1 c4, n*2 c5,
    round(n) c6, sum(n) over () c7, -n c8, a||b c9, e c10, lower(e) c11, arr[1] c12, array[a,b] c13, a::varchar(5)
    c14, ts+interval '1 day' c15, nullif(a,b) c16, greatest(a,b) c17 from t;
create view v2 as select max(a) c1, min(n) c2, count(*) c3, array_agg(a) c4, string_agg(a, ',') c5, avg(sm) c6,
    sum(sm) c7, sum(big) c8, avg(r) c9, jsonb_agg(a) c10, bool_and(id>1) c11, max(ts) c12, min(c) c13, array_agg(m)
    c14, max(m) c15, max(e) c16, max(k) c17, array_agg(va) c19 from t;
create view v3 as select c||'x' c1, 'const' c2, null c3, 1 c4, 1.5 c5, true c6, now() c7, date '2020-01-01' c8, (p).y
    c9, p c10, j->'a' c11, j->>'a' c12, ts::date c13, i c14, bt c15, bt||bt c16, sm+1 c17, big+sm c18, r*2 c19, va[1]
    c20, va c21, va||'x'::varchar c22, k c23, k||'a' c24, coalesce(k,'z') c25, nullif(n,0) c26, emails c27, lower(tsr) c29, extract(epoch from ts) c30, date_trunc('day', ts) c31, ts - ts c32, current_user c33,
    row_number() over () c34, lag(a) over () c35, lag(n,1) over () c36, first_value(a) over() c37, ntile(4) over() c38
    from t;
create view v4 as select a from t union select b from t;
create view v5 as select a, n from t union all select a, n from t;
create view v6 as select a from t union all select 'x';
create view v7 as select * from t;
create view v8 as select t from t;
create view v9(x) as select id, a from t;
create view v10 as select q.*, t.id as tid from (values (1,$$a$$),(2,$$b$$)) as q(id2,l), t where t.id=q.id2;
create view v11 as select g, g+1 as h from generate_series(1,10) g;
create view v12 as select * from generate_series(now(), now(), interval '1 day') with ordinality as q(d,o);
create view v13 as select x.* from t, jsonb_to_recordset(t.j) as x(a int, b varchar(3));
create view v14 as with recursive w(n, p) as (select 1, a from t union all select n+1, p from w) select * from w;
create view v15 as select distinct on (a) a, n, (select max(n) from t) m, exists (select 1) ex, array(select a from t)
    ar from t order by a, n;
create view v16 as select * from t natural join (select id, 1 as one from t) q;
create view v17 as select * from t join (select id, a as z from t) q using (id);
create view v18 as select least(n, 1) l, greatest(n, n) g, case when true then n end cs, case a when 'x' then 1 else
    2.5 end c2, coalesce(n, n) cn, (n) pn, n::numeric nn, n::int ni, cast(a as char(3)) ch, a::text ta, a collate "C"
    ac from t;
create view v19 as select unnest(arr) u, unnest(va) u2, jsonb_array_elements(j) je, regexp_matches(a,'x') rm,
    generate_series(1,2) from t;
create view v20 as select percentile_cont(0.5) within group (order by n) p, mode() within group (order by a) m,
    count(*) filter (where id>1) f from t;
create view v21 as select * from v1 join v9 on true;
create view v22 as select id, v.lab from t cross join lateral (select a || 'z' as lab) v;
create view v24 as select json_build_object('a', a) jb, to_char(ts,'YYYY') tc, concat(a,b) cc, left(a,2) lf,
    substring(a from 1 for 2) sb, trim(a) tr, upper(a) up, length(a) ln, position('a' in a) ps, replace(a,'x','y') rp,
    split_part(a,',',1) sp, coalesce(sum(n) over (partition by a),0) sm, abs(n) ab, ceil(n) ce, floor(n) fl,
    power(n,2) pw, mod(sm,2) md, random() rn, gen_random_uuid() gu, age(ts) ag, md5(a) md5 from t;
create materialized view mv as select a, count(*) from t group by a;
create view v23 as select m::text mt, 'a'::mood ma, array['a','b']::mood[] am, p.* from t tt(id), lateral (select 1 as
    one) p;
-- Constants of no type in unions, and whole rows.
create schema s;
create schema o;
create table o.t(a varchar(10), b varchar(20), n numeric(8,2), d date, i int, arr text[]);
create table s.u(a int);
create view o.u1 as select a from o.t union all select 'x';
create view o.u2 as select 'x' union all select a from o.t;
create view o.u3 as select null union all select a from o.t;
create view o.u4 as select a from o.t union select null;
create view o.u5 as select 'x' as one, 1 as two union select 'y', null union select null, 2;
create view o.u6 as select n from o.t union select 1 union select null;
create view o.u7 as select d from o.t union all select '2020-01-01';
create view o.u8 as (select 'a' as k union select 'b') except select null;
create view o.u9 as select a, 'p' as kind from o.t union all select b, 'q' from o.t union all select null, 'r' from
    o.t;
create view o.u10 as select u from s.u;
create view o.u11 as select x, x.a from s.u x;
create view o.u12 as select t, t2 from o.t, o.t t2;
create view o.u14 as select coalesce(t, t) as c from o.t;
create view o.u15 as select arr from o.t union select '{}';
create view o.u16 as select i, null::text as z from o.t union all select i, 'k' from o.t;
create view o.u17 as select i, null as z from o.t union all select i, null from o.t;
create view o.u18 as values ('a', 1), (null, 2);
create view o.u23 as select 1 as x union all select 2.5 union all select '3';
create view o.u24 as select i from o.t intersect select '3' order by 1;
