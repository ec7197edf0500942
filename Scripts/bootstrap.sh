#!/usr/bin/env bash
# Checks that Swift is there and installs the system packages that the build needs and that are missing.
# Never asks anything: without the right to install, it prints the command to run and fails.
set -euo pipefail

required_swift=6.3
# What Swift needs to compile and link a program: headers, start files, a linker, and git for the dependencies;
# libedit, which the prompt uses, SQLite, in which executions are kept, and Zstandard, which makes checkpoints small.
packages=(git pkg-config libedit-dev libsqlite3-dev libzstd-dev binutils libc6-dev libgcc-12-dev libstdc++-12-dev)

fail() {
  echo "bootstrap.sh: $1" >&2
  exit 1
}

check_swift() {
  type -P swift >/dev/null || fail "Swift $required_swift or later is needed, see https://www.swift.org/install/linux/"
  local found
  found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1) || true
  [[ -n $found ]] || fail "'swift --version' names no version"
  [[ $(printf '%s\n%s\n' "$required_swift" "$found" | sort -V | head -n 1) == "$required_swift" ]] ||
    fail "Swift $required_swift or later is needed, found $found, see https://www.swift.org/install/linux/"
}

missing_packages() {
  local package
  for package in "${packages[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

install_packages() {
  local -a install=(apt-get install -y --no-install-recommends "$@")
  export DEBIAN_FRONTEND=noninteractive
  if [[ $(id -u) == 0 ]]; then
    echo "Installing $* ..." >&2
    apt-get update -qq >&2 || true
    "${install[@]}" >&2
  elif type -P sudo >/dev/null && sudo -n true 2>/dev/null; then
    echo "Installing $* ..." >&2
    sudo -n apt-get update -qq >&2 || true
    sudo -n DEBIAN_FRONTEND=noninteractive "${install[@]}" >&2
  else
    fail "these packages are missing; please run:
  sudo apt-get update && sudo ${install[*]}"
  fi
}

check_swift
if ! type -P dpkg-query >/dev/null || ! type -P apt-get >/dev/null; then
  echo "bootstrap.sh: no Debian packages here; make sure that there is what these hold: ${packages[*]}" >&2
  exit 0
fi
mapfile -t missing < <(missing_packages)
if ((${#missing[@]})); then install_packages "${missing[@]}"; fi
