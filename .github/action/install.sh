#!/usr/bin/env bash
# Installs the driftcheck of this very checkout of the action, so that the action's version is the tool's; or the
# version that was asked for. An environment that the cache brought back is taken as it is, if it works.
set -euo pipefail
home="${DRIFTCHECK_HOME:?}"
if ! "$home/bin/driftcheck" --version >/dev/null 2>&1; then
    what="${GITHUB_ACTION_PATH:?}"
    [ -n "${INPUT_VERSION:-}" ] && what="driftcheck==$INPUT_VERSION"
    rm -rf "$home"
    "${DRIFTCHECK_PYTHON:-python3}" -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check "$what"
fi
echo "DRIFTCHECK=$home/bin/driftcheck" >> "${GITHUB_ENV:?}"
