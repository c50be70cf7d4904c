#!/usr/bin/env bash
# Fails unless `driftcheck` (or the words that are given, which start one) finds the drift of fixtures/pixcrawler that is
# known between its TypeScript and its SQL.
set -uo pipefail
[ $# -gt 0 ] || set -- driftcheck
said=$("$@" diff -C fixtures/pixcrawler -q \
    drizzle:frontend/drizzle.config.ts sql:frontend/lib/db/migrations/production_schema.sql)
status=$?
echo "$said"
[ $status -eq 1 ] || { echo "::error::the exit status is $status"; exit 1; }
[[ $said == "41 errors, 35 warnings, 4 notes"* ]] || { echo "::error::that is not the known drift"; exit 1; }
