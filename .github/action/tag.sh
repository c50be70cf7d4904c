#!/usr/bin/env bash
# Fails unless the tag that is released (GITHUB_REF_NAME, v1.2.3) is the package's version and has a heading in the changelog.
set -euo pipefail
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' driftcheck/__init__.py)
[ "${GITHUB_REF_NAME:?}" = "v$version" ] || { echo "::error::the tag is $GITHUB_REF_NAME, the version $version"; exit 1; }
grep -q "^## $version" CHANGELOG.md || { echo "::error::CHANGELOG.md has no heading '## $version'"; exit 1; }
