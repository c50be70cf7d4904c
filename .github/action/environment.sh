#!/usr/bin/env bash
# Where driftcheck's own environment is, and a key that changes with whatever is installed into it.
set -euo pipefail
cd "${GITHUB_ACTION_PATH:?}"
own() { find driftcheck pyproject.toml -type f ! -name '*.pyc' -print0 | LC_ALL=C sort -z | xargs -0 cat; }
version=${INPUT_VERSION:-$(own | python3 -I -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest()[:32])')}
[[ $version =~ ^[0-9A-Za-z.+!-]+$ ]] || { echo "'version' must be a version such as 0.1.0" >&2; exit 2; }
python=$("${DRIFTCHECK_PYTHON:-python3}" -I -c 'import platform; print(platform.python_version())')
{
    echo "path=${RUNNER_TEMP:?}/driftcheck"
    echo "key=driftcheck-$version-python-$python"
} >> "${GITHUB_OUTPUT:?}"
