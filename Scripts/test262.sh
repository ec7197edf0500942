#!/bin/sh
# Runs the tests of a checkout of tc39/test262 that are in the scope of the language.
#
#   Scripts/test262.sh CHECKOUT [FOLDER OR FILE...]
#
#   Scripts/test262.sh ~/test262                                   all of test/language and test/built-ins
#   Scripts/test262.sh ~/test262 built-ins/Array language/asi      some folders (`test/` may be left out)
#   Scripts/test262.sh ~/test262 built-ins/Array/from/from-string.js
#
# Prints what was left out and why, the pass rate of each folder and the whole, and the failures that are not in
# Scripts/test262-known-failures.txt; these make the exit status 1. All failures with their reasons are written to
# the file $TEST262_FAILURES (.build/test262-failures.txt). TEST262_CONFIGURATION=debug takes the debug build, and
# TEST262_SKIP_BUILD=1 what was built before; TEST262_SECONDS is the time a test may take (10).
set -e
cd "$(dirname "$0")/.."
configuration=${TEST262_CONFIGURATION:-release}
if [ -z "$TEST262_SKIP_BUILD" ]; then
  swift build -c "$configuration" ${TEST262_SCRATCH:+--scratch-path "$TEST262_SCRATCH"} --product cvm-test262 >&2
fi
exec "${TEST262_SCRATCH:-.build}/$configuration/cvm-test262" "$@" \
  --known Scripts/test262-known-failures.txt --failures "${TEST262_FAILURES:-.build/test262-failures.txt}" \
  --seconds "${TEST262_SECONDS:-10}" --processes 2
