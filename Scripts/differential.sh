#!/bin/bash
# Compares what random programs print here and in Node, which must be installed; the ones that differ are kept in
# .build/differential, each with both outputs.
#   Scripts/differential.sh [SECONDS [SEED]]
set -euo pipefail
cd "$(dirname "$0")/.."
type -P node >/dev/null || { echo "differential.sh: node is not installed" >&2 && exit 1; }
export CVM_DIFFERENTIAL_SECONDS="${1:-60}" CVM_DIFFERENTIAL_SEED="${2:-$((RANDOM * 100000))}"
export CVM_DIFFERENTIAL_FOLDER="${CVM_DIFFERENTIAL_FOLDER:-$PWD/.build/differential}"
echo "$CVM_DIFFERENTIAL_SECONDS seconds, seed $CVM_DIFFERENTIAL_SEED"
SWIFT_BACKTRACE=enable=no swift test --disable-xctest --filter DifferentialTests
