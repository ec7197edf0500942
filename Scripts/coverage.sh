#!/usr/bin/env bash
# Which lines the tests run: a table of the modules, or the lines of one file that none runs.
#   Scripts/coverage.sh [FILE]     CVM_COVERAGE_FILTER=CVMSnapshotTests runs only those tests; with a FILE the figures of
#                                  the run before are used where there are some
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=.build-coverage
counts=$build/debug/codecov
data=$counts/default.profdata
tools=$(dirname "$(readlink -f "$(type -P swift)")")
tool=$tools/llvm-cov

if [[ $# == 0 || ! -f $data ]]; then
  filter=()
  if [[ -n ${CVM_COVERAGE_FILTER:-} ]]; then filter=(--filter "$CVM_COVERAGE_FILTER"); fi
  rm -rf "$counts"
  SWIFT_BACKTRACE=enable=no swift test --enable-code-coverage --disable-xctest --scratch-path "$build" "${filter[@]}" \
    >"$build.log" 2>&1 || { grep -E 'error:|✘' "$build.log" >&2; echo "coverage.sh: tests failed" >&2; }
  # After a failure nobody has put the counts together.
  if [[ ! -f $data ]]; then
    find "$counts" -name '*.profraw' >"$counts/list"
    "$tools/llvm-profdata" merge -sparse -f "$counts/list" -o "$data"
  fi
fi
tests=$(find "$build/debug/" -maxdepth 1 -name '*.xctest' | head -n 1)

if (($#)); then
  # Line, count, text: those that were never run.
  "$tool" show "$tests" -instr-profile "$data" "$1" | grep -E '^ *[0-9]+\| +0\|' || echo "every line of $1 is run"
  exit
fi
"$tool" export "$tests" -instr-profile "$data" -summary-only -format=text -ignore-filename-regex='/(\.build|Tests)' |
  python3 -c '
import json, sys
modules = {}
for file in json.load(sys.stdin)["data"][0]["files"]:
    parts = file["filename"].split("/Sources/")
    if len(parts) < 2: continue
    names = parts[1].split("/")
    key = names[0] + ("/" + names[1] if names[0] == "CVMRuntime" and len(names) > 2 else "")
    entry = modules.setdefault(key, [0, 0])
    entry[0] += file["summary"]["lines"]["covered"]
    entry[1] += file["summary"]["lines"]["count"]
print("%-28s %9s %9s %8s" % ("module", "lines", "not run", "covered"))
for name, (covered, count) in sorted(modules.items()):
    if count: print("%-28s %9d %9d %7.1f%%" % (name, count, count - covered, 100 * covered / count))
'
