#!/usr/bin/env bash
# Run once, when Gradescope builds the image: install tito, which is in this package, with what it and the course need.
set -euo pipefail
root="${AUTOGRADER:-/autograder}"
if ! command -v python3 > /dev/null || ! python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))'; then
  apt-get update -qq
  apt-get install -y -qq python3 python3-venv
fi
if ! [ -x "$root/tito/bin/tito" ]; then
  python3 -I -m venv "$root/tito"
  "$root/tito/bin/python" -I -m pip --disable-pip-version-check install --quiet "$root/source/tito" -r "$root/source/requirements.txt"
fi
"$root/tito/bin/tito" --version
