#!/bin/sh
# Prints the folder of PostgreSQL's programs for the tests of the store, after installing them where there are none.
# POSTGRESQL=/path/to/bin names another.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "$*" >&2
  exit 1
}

# Debian and Ubuntu leave the programs of the server out of the PATH; the newest version comes last.
find_postgresql() {
  for folder in "$(dirname "$(command -v initdb || true)")" \
    $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V -r) \
    $(ls -d /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin 2>/dev/null | sort -r); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
      echo "$folder"
      return 0
    fi
  done
  return 1
}

install_postgresql() {
  if command -v apt-get >/dev/null; then
    tools/apt_install.sh postgresql
  elif command -v brew >/dev/null; then
    brew install postgresql@17
  else
    return 1
  fi
}

if [ -n "${POSTGRESQL:-}" ]; then
  folder=$POSTGRESQL
  [ -x "$folder/initdb" ] || fail "POSTGRESQL is '$folder', which holds no initdb."
elif ! folder=$(find_postgresql); then
  install_postgresql >&2 || fail "Please install PostgreSQL, or set POSTGRESQL to the folder of its initdb and pg_ctl."
  folder=$(find_postgresql) || fail "PostgreSQL was installed, but its initdb is not where it was expected."
fi
echo "$folder"
