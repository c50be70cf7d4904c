#!/usr/bin/env bash
# Fails unless what the action said (GOT) is what is known (EXPECTED), and its SARIF report, if any, is there.
set -euo pipefail
echo "got:      ${GOT:?}"
echo "expected: ${EXPECTED:?}"
[ "$GOT" = "$EXPECTED" ] || { echo "::error::the drift of fixtures/pixcrawler is not the known one"; exit 1; }
[ -z "${SARIF:-}" ] || [ -s "$SARIF" ] || { echo "::error::there is no SARIF report at $SARIF"; exit 1; }
