#!/usr/bin/env bash
# Runs the tests under a sanitizer.
#   Scripts/sanitize.sh address|thread [FILTER]     all but what is left out below, or the tests that FILTER names
#   Scripts/sanitize.sh editor [SESSIONS]           random keys, with libedit under the address sanitizer, too
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in
  address | thread) ;;
  editor) exec Scripts/sanitize-editor.sh "${@:2}" ;;
  *) echo "usage: Scripts/sanitize.sh address|thread [FILTER] | editor [SESSIONS]" >&2; exit 2 ;;
esac

# Left out:
#   EndToEndTests, LargeHeapTests  run or measure the program as it is built for people: times and memory have limits
#   FuzzTargetTests                end their processes themselves; Scripts/fuzz.sh runs them under the address sanitizer
skipped=(--skip EndToEndTests --skip LargeHeapTests --skip FuzzTargetTests)
if [[ -n ${2:-} ]]; then selected=(--filter "$2"); else selected=("${skipped[@]}"); fi

# Leaks: machines own memory that no pointer of theirs leads to. Stacks of their own and handlers of faults stay allowed.
export ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=0:${ASAN_OPTIONS:-}"
export TSAN_OPTIONS="halt_on_error=0:exitcode=66:${TSAN_OPTIONS:-}"
SWIFT_BACKTRACE=enable=no swift test --disable-xctest --sanitize="$1" --scratch-path ".build-$1" "${selected[@]}"
