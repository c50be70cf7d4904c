#!/usr/bin/env bash
# Runs the check once: annotations on standard output, the job summary, the reports and the outputs.
set -uo pipefail
reports="${RUNNER_TEMP:?}/driftcheck-reports"
mkdir -p "$reports"
json="$reports/report.json"
arguments=(--format github --report "json=$json" --report "markdown=$reports/summary.md")
[ -n "${INPUT_CONFIG:-}" ] && arguments+=(--config "$INPUT_CONFIG")
[ -n "${INPUT_FAIL_ON:-}" ] && arguments+=(--fail-on "$INPUT_FAIL_ON")
[ -n "${INPUT_PYTHON:-}" ] && arguments+=(--python "$INPUT_PYTHON")
[ "${INPUT_NO_EXEC:-false}" = "true" ] && arguments+=(--no-exec)
[ -n "${INPUT_SARIF_FILE:-}" ] && arguments+=(--report "sarif=$INPUT_SARIF_FILE")
[ -n "${INPUT_TRUTH:-}" ] && arguments+=(--truth "$INPUT_TRUTH")
[ -n "${INPUT_SELECT:-}" ] && arguments+=(--select "${INPUT_SELECT//$'\n'/,}")
[ -n "${INPUT_IGNORE:-}" ] && arguments+=(--ignore "${INPUT_IGNORE//$'\n'/,}")
read -r -d '' -a more <<< "${INPUT_ARGS:-}" || true # words between blanks; no shell looks at them
arguments+=("${more[@]}")
while IFS= read -r source; do
    [ -n "${source// /}" ] && arguments+=("$source")
done <<< "${INPUT_SOURCES:-}"

rm -f "$json" "$reports/summary.md"
"${DRIFTCHECK:-driftcheck}" diff "${arguments[@]}"
exit_status=$?

case $exit_status in 0) status=clean ;; 1) status=drift ;; *) status=failed ;; esac
count() { # count SEVERITY: from the JSON report, 0 where there is none
    [ -f "$json" ] && sed -n '/^  "summary"/,$p' "$json" | sed -n "s/.*\"$1\": \([0-9]*\).*/\1/p" | head -n 1 || echo 0
}
{
    echo "status=$status"
    echo "errors=$(count error)"
    echo "warnings=$(count warning)"
    echo "notes=$(count note)"
    echo "gaps=$(count gaps)"
    [ -f "$json" ] && echo "json-report=$json"
    [ -n "${INPUT_SARIF_FILE:-}" ] && echo "sarif-report=$INPUT_SARIF_FILE"
} >> "${GITHUB_OUTPUT:?}"
[ -f "$reports/summary.md" ] && cat "$reports/summary.md" >> "${GITHUB_STEP_SUMMARY:?}"

if [ "${INPUT_DOCUMENTS:-false}" = "true" ]; then
    arguments=(--all --check)
    [ -n "${INPUT_CONFIG:-}" ] && arguments+=(--config "$INPUT_CONFIG")
    [ -n "${INPUT_PYTHON:-}" ] && arguments+=(--python "$INPUT_PYTHON")
    [ "${INPUT_NO_EXEC:-false}" = "true" ] && arguments+=(--no-exec)
    "${DRIFTCHECK:-driftcheck}" export "${arguments[@]}"
    documents_status=$?
    case $documents_status in 0) documents=clean ;; 1) documents=stale ;; *) documents=failed ;; esac
    [ "$documents" = stale ] && echo "::error title=driftcheck documents::A document does not say what its source says; the log has the difference, driftcheck export --all writes it"
    echo "documents=$documents" >> "$GITHUB_OUTPUT"
    [ "$documents_status" -gt "$exit_status" ] && exit_status=$documents_status
fi
exit "$exit_status"
