"""Projects whose migrations a journal of drizzle-kit lists, or does not: what their first check takes and says."""

from __future__ import annotations

from .building import Layout, config, journal, kit
from .layouts import ALTER, NO_DRIFT, SQL, TS

JOURNALS = {
    "Supabase applies what a journal does not name": Layout(
        {
            "drizzle.config.ts": config(out="./supabase/migrations"),
            "schema.ts": TS,
            "supabase/migrations/20260102000000_hand.sql": ALTER,
        }
        | kit("supabase/migrations", {"20260101000000_a": SQL}),
        1,
        ("supabase/migrations/20260102000000_hand.sql",),
        says=("DR204",),
        never=("✓ no drift",),
    ),
    "an empty journal": Layout(
        {"drizzle.config.ts": config(out="./drizzle"), "schema.ts": TS, "drizzle/0001_a.sql": SQL}
        | {"drizzle/meta/_journal.json": journal()},
        0,
        ("drizzle/0001_a.sql",),
        says=(NO_DRIFT,),
    ),
    "a journal whose files are gone": Layout(
        {"drizzle.config.ts": config(out="./drizzle"), "schema.ts": TS, "drizzle/0001_a.sql": SQL}
        | {"drizzle/meta/_journal.json": journal("0000_gone")},
        0,
        ("drizzle/0001_a.sql",),
        says=("by name, as its journal names files that are gone",),
    ),
    "a journal of an old drizzle-kit": Layout(
        {"drizzle.config.ts": config(out="./drizzle"), "schema.ts": TS, "drizzle/0000_a.sql": SQL}
        | {"drizzle/meta/_journal.json": journal("0000_a", dialect="pg")},
        0,
        ("drizzle/0000_a.sql",),
        says=(NO_DRIFT,),
    ),
    "a journal of another database": Layout(
        {"schema.ts": TS, "schema.sql": SQL, "old/0000_a.sql": SQL}
        | {"old/meta/_journal.json": journal("0000_a", dialect="sqlite")},
        0,
        ("schema.sql",),
        ("old/0000_a.sql",),
        top=("left out old: it is SQL for sqlite",),
    ),
    "a step by hand beside a journal": Layout(
        {
            "drizzle.config.ts": config(out="./drizzle"),
            "schema.ts": TS,
            "drizzle/0001_rls.manual.sql": "ALTER TABLE crate ENABLE ROW LEVEL SECURITY;",
        }
        | kit("drizzle", {"0000_a": SQL}),
        1,
        ("drizzle/0000_a.sql",),
        says=("DR901", "0001_rls.manual.sql", "name it if you run it"),
        never=("✓ no drift",),
    ),
}
