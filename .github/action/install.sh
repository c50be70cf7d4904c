#!/usr/bin/env bash
# Installs the driftcheck of this very checkout of the action, so that the action's version is the tool's.
set -euo pipefail
home="${RUNNER_TEMP:?}/driftcheck"
"${DRIFTCHECK_PYTHON:-python3}" -m venv "$home"
"$home/bin/pip" install --quiet --disable-pip-version-check "${GITHUB_ACTION_PATH:?}"
echo "DRIFTCHECK=$home/bin/driftcheck" >> "${GITHUB_ENV:?}"
