#!/bin/bash
# Writes again what is derived from other files: dispatchers, the image of the built-ins, reference pages.
set -euo pipefail
cd "$(dirname "$0")/.."
swift run cvm-generate "${1:-all}"
if [[ ${1:-all} == all ]]; then
  page=Sources/CVMREPL/CVMREPL.docc/Commands.md
  swift run cvm-repl --generate commands >"$page.new"
  mv "$page.new" "$page"
fi
