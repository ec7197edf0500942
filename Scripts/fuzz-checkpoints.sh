#!/bin/bash
# Mutates checkpoints (with right checksums) and opens them; whatever opens must be a valid heap that runs on.
#   Scripts/fuzz-checkpoints.sh [ROUNDS] [address]     with the address sanitizer when asked for
set -euo pipefail
cd "$(dirname "$0")/.."
export CVM_FUZZ_ROUNDS="${1:-20000}" CVM_FUZZ_SEED="${CVM_FUZZ_SEED:-$RANDOM}" CVM_VERIFY=1
sanitizer=()
if [[ ${2:-} == address ]]; then sanitizer=(--sanitize=address --scratch-path .build-asan); fi
echo "rounds $CVM_FUZZ_ROUNDS, seed $CVM_FUZZ_SEED"
SWIFT_BACKTRACE=enable=no swift test --disable-xctest "${sanitizer[@]}" --filter MutatedCheckpointTests
