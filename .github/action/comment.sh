#!/usr/bin/env bash
# Says on the pull request NUMBER what the check of FOLDER came to (STATUS), in one comment that later runs update. A
# pull request that never drifted gets none. Whoever may not comment (a fork's pull request) still has the check.
set -uo pipefail
summary="${RUNNER_TEMP:?}/driftcheck-reports/summary.md"
[ -s "$summary" ] || exit 0
# Two checks of one repository have a comment each.
key="<!-- driftcheck $(printf '%s' "${FOLDER:-.}" | sha256sum | cut -c 1-16) -->"
body="$RUNNER_TEMP/driftcheck-reports/comment.md"
{ cat "$summary"; printf '\n%s\n' "$key"; } > "$body"

comments="repos/${GITHUB_REPOSITORY:?}/issues"
say() { echo "::notice title=driftcheck::there is no comment on the pull request: the job needs 'pull-requests: write'"; exit 0; }
id=$(KEY=$key gh api --paginate "$comments/${NUMBER:?}/comments" \
    --jq '.[] | select((.body | startswith("<!-- driftcheck -->")) and (.body | contains(env.KEY))) | .id') || say
id=${id%%$'\n'*}
if [ -n "$id" ]; then
    gh api --method PATCH "$comments/comments/$id" -F "body=@$body" --silent || say
elif [ "${STATUS:-}" != clean ]; then
    gh api --method POST "$comments/$NUMBER/comments" -F "body=@$body" --silent || say
fi
