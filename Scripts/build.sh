#!/usr/bin/env bash
# Builds the program for release with the standard library linked in. Says nothing on standard output, and on standard
# error only what a person wants to know: that a long first build has begun, or why a build failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ -x .build/release/cvm-repl ]] || echo "Building cvm-repl for release; the first time takes some minutes ..." >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! swift build -c release --static-swift-stdlib --product cvm-repl </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
