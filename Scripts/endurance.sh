#!/usr/bin/env bash
# Works with the program for very long, at a terminal of its own, and prints a table over time: what of memory, answering
# times, open files and files on disk grows.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: Scripts/endurance.sh [--no-build] [STATEMENTS [ROUNDS]]

STATEMENTS (100,000 unless told) are typed at the prompt of one session, with as many :undo, :checkpoint and :fork between
them as come out of 20 lines each. ROUNDS (1,000,000) are answers to the questions of one execution in a database; 0 leaves
a part out. CVM_REPL names another program than the release build.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=yes counts=()
while (($#)); do
  case $1 in
    --no-build) build=no ;;
    -h | --help) usage && exit 0 ;;
    -*) usage >&2 && exit 2 ;;
    *) counts+=("${1//[,_]/}") ;;
  esac
  shift
done
if [[ $build == yes ]]; then "$root/Scripts/build.sh" >&2; fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 "$root/Scripts/endurance/drive.py" "${CVM_REPL:-$root/.build/release/cvm-repl}" "$scratch" \
  "${counts[0]:-100000}" "${counts[1]:-1000000}"
