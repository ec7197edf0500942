#!/usr/bin/env bash
# Builds the program for release with the standard library linked in; quiet unless it fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! swift build -c release --static-swift-stdlib --product cvm-repl >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
