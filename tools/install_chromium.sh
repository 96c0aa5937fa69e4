#!/bin/sh
# Prints the path of a Chromium or Chrome for the browser tests, after installing what they lack.
# CHROMIUM=/path/to/chromium names another.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "$*" >&2
  exit 1
}

# Ubuntu's Chromium is a snap. It sees nothing of /tmp, where the tests' uploads and downloads are, so it is passed
# over, as is a command that only says how to install the snap.
usable() {
  path=$(command -v "$1") || return 1
  case $("$path" --version 2>/dev/null) in
    "" | *snap*) return 1 ;;
  esac
}

playwright_path() {
  .venv/bin/python -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)'
}

find_chromium() {
  for name in chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if usable "$name"; then return 0; fi
  done
  usable "$(playwright_path)"
}

# Debian has a package. Elsewhere the build that Playwright brings for itself is the one that surely fits it.
install_chromium() {
  if command -v apt-get >/dev/null && ! grep -qx 'ID=ubuntu' /etc/os-release; then
    tools/apt_install.sh chromium
  else
    .venv/bin/python -m playwright install --with-deps --no-shell chromium
  fi
}

# Playwright's driver needs a library that small installations of Debian and Ubuntu leave out.
if ! .venv/bin/python -m playwright --version >/dev/null 2>&1; then
  tools/apt_install.sh libatomic1 >&2 || fail "Playwright does not start. Please install the system library libatomic."
fi

if [ -n "${CHROMIUM:-}" ]; then
  path=$(command -v "$CHROMIUM") || fail "CHROMIUM is '$CHROMIUM', which is no program."
elif ! find_chromium && ! { install_chromium >&2 && find_chromium; }; then
  fail "Chromium could not be installed. Please install Chromium or Google Chrome, or set CHROMIUM to its path."
fi
echo "$path"
