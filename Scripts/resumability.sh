#!/bin/bash
# The resumability proof in full: every program of Tests/Language is stopped at many random instructions, saved, restored in
# a fresh machine and continued, on both dispatchers.
#   Scripts/resumability.sh [POINTS [SEED]]     CVM_GC_STRESS=1 in the environment collects all the while
set -euo pipefail
cd "$(dirname "$0")/.."
export CVM_RESUME_POINTS="${1:-50}" CVM_RESUME_SEED="${2:-$RANDOM}"
echo "points $CVM_RESUME_POINTS, seed $CVM_RESUME_SEED"
SWIFT_BACKTRACE=enable=no swift test --disable-xctest --filter ResumabilityTests
