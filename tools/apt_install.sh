#!/bin/sh
# Installs packages on Debian and its relatives, asking nothing but sudo's password: tools/apt_install.sh PACKAGE...
set -eu

sudo=
if [ "$(id -u)" -ne 0 ]; then
  sudo=sudo
  command -v sudo >/dev/null || {
    echo "Please install these as root, then try again: apt-get install $*" >&2
    exit 1
  }
fi

echo "Installing with apt-get: $*"
# One unreachable source must not stop an installation that does not need it.
$sudo apt-get update -qq || true
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "$@"
