#!/usr/bin/env bash
# Installs the driftcheck of this very checkout of the action, so that the action's version is the tool's; or the
# version that was asked for. An environment that the cache brought back is taken as it is, if it works.
set -euo pipefail
home="${DRIFTCHECK_HOME:?}"
if ! "$home/bin/driftcheck" --version >/dev/null 2>&1; then
    what="${GITHUB_ACTION_PATH:?}"
    [ -n "${INPUT_VERSION:-}" ] && what="driftcheck==$INPUT_VERSION"
    rm -rf "$home"
    # -I: this runs in a workspace that may be a stranger's, and a venv.py or pip.py of it would be taken for Python's.
    "${DRIFTCHECK_PYTHON:-python3}" -I -m venv "$home"
    "$home/bin/python" -I -m pip install --quiet --disable-pip-version-check "$what"
fi
echo "DRIFTCHECK=$home/bin/driftcheck" >> "${GITHUB_ENV:?}"
