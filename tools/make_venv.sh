#!/bin/sh
# Makes a virtual environment with the first suitable Python of this machine: tools/make_venv.sh FOLDER
# One that works is kept.
set -eu

if "$1/bin/python" -m pip --version >/dev/null 2>&1; then exit 0; fi

# ensurepip is asked for because Debian and Ubuntu put it into a package of its own, python3-venv.
find_python() {
  for python in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      return 0
    fi
  done
  return 1
}

too_old() {
  python3 -c 'import sys; sys.exit(sys.version_info >= (3, 11))' 2>/dev/null
}

if ! find_python && command -v apt-get >/dev/null && ! too_old; then
  "$(dirname "$0")/apt_install.sh" python3-venv || true
fi
if ! find_python; then
  echo "This app needs Python 3.11 or newer with its module venv; found: $(python3 --version 2>/dev/null || echo none)." \
    "Please install one (macOS: brew install python; Ubuntu 22.04: sudo apt install python3.11-venv)." >&2
  exit 1
fi

rm -rf "$1"
"$python" -m venv "$1"
