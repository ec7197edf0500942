#!/usr/bin/env bash
# Runs every test in a release build, then those that run programs again under each of the machine's checking modes.
# usage: Scripts/test.sh [ARGUMENTS OF swift test]      with arguments: only that one run
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
Scripts/bootstrap.sh

# A directory of its own, because -enable-testing and the program's release build would undo each other's work.
run_tests() {
  swift test -c release -Xswiftc -enable-testing --disable-xctest --scratch-path .build-test "$@"
}

if (($#)); then
  run_tests "$@"
  exit
fi

run_tests
for mode in CVM_VERIFY=1 CVM_GC_STRESS=1 CVM_GC_STRESS=marking CVM_DISPATCH=switch; do
  echo "== $mode"
  export "${mode?}"
  filter='ConformanceTests|CVMRuntimeTests|CVMREPLTests'
  # Each allocation collects: tests that run every program once more would take too long.
  if [[ $mode == CVM_GC_STRESS=1 ]]; then filter='ConformanceTests|CVMREPLTests|HeapTests'; fi
  if [[ $mode == CVM_GC_STRESS=marking ]]; then filter=ConformanceTests; fi
  run_tests --skip-build --filter "$filter"
  unset "${mode%%=*}"
done
