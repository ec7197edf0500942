#!/usr/bin/env bash
# Runs the benchmark kernels on cvm-repl and on each JavaScript engine found, and prints CPU times and ratios.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: Scripts/bench.sh [--runs N] [--timeout SECONDS] [--no-build] [--callgrind] [KERNEL...]

Runs Scripts/bench/kernels/*.js (those whose name contains one of the KERNELs) on the release build of
cvm-repl and on the peers found: $QJS (a QuickJS executable), node --jitless, node, mujs, duk.

A time is user + system CPU time in milliseconds, the minimum of N interleaved runs (default 5). A ratio is
peer / cvm-repl, so 2.00x means that cvm-repl needs half the time. The start-up of each node column, measured
with an empty program in the same way, is subtracted from its times.

  --callgrind   count instructions with valgrind instead (cvm-repl, and $QJS where set); slow
  --no-build    use the release build that is there
  --timeout S   give up on a run after S seconds (default 30)
TEXT
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
runs=5 limit=30 build=yes mode=time filters=()
while (($#)); do
  case $1 in
    --runs) runs=${2:?--runs needs a number} && shift ;;
    --timeout) limit=${2:?--timeout needs a number of seconds} && shift ;;
    --no-build) build=no ;;
    --callgrind) mode=callgrind ;;
    -h | --help) usage && exit 0 ;;
    -*) usage >&2 && exit 2 ;;
    *) filters+=("$1") ;;
  esac
  shift
done
[[ $runs =~ ^[1-9][0-9]*$ && $limit =~ ^[1-9][0-9]*$ ]] || { usage >&2 && exit 2; }

binary=${CVM_REPL:-$root/.build/release/cvm-repl}
if [[ $build == yes && -z ${CVM_REPL:-} ]]; then
  "$here/build.sh"
fi
[[ -x $binary ]] || { echo "bench.sh: $binary is missing; run without --no-build" >&2 && exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf '"use strict";\n' >"$scratch/empty.js"

kernels=()
for file in "$here"/bench/kernels/*.js; do
  name=$(basename "$file" .js)
  wanted=no
  for filter in ${filters[@]+"${filters[@]}"}; do
    [[ $name == *"$filter"* ]] && wanted=yes
  done
  [[ ${#filters[@]} == 0 || $wanted == yes ]] && kernels+=("$name")
done
((${#kernels[@]})) || { echo "bench.sh: no kernel matches ${filters[*]}" >&2 && exit 2; }

engines=(cvm-repl)
declare -A command=([cvm-repl]="$binary run")
add_engine() {
  engines+=("$1")
  command[$1]=$2
}
[[ -n ${QJS:-} ]] && add_engine qjs "$QJS"
if type -P node >/dev/null; then
  add_engine "node --jitless" "node --jitless"
  add_engine node node
fi
type -P mujs >/dev/null && add_engine mujs mujs
type -P duk >/dev/null && add_engine duk duk

# Prints the CPU milliseconds of one run, or nothing when it fails; its standard output goes to the file $3.
cpu_milliseconds() {
  local -a words
  read -ra words <<<"${command[$1]}"
  local TIMEFORMAT='%U %S' status=0
  { time timeout "$limit" "${words[@]}" "$2" >"$3" 2>"$scratch/stderr" || status=$?; } 2>"$scratch/time" || true
  timeout_or_failure "$1" "$2" "$status" || return 0
  awk '{ printf "%d\n", ($1 + $2) * 1000 + 0.5 }' "$scratch/time"
}

timeout_or_failure() {
  [[ $3 == 0 ]] && return 0
  local reason="exit status $3"
  [[ $3 == 124 ]] && reason="more than $limit s"
  echo "$1 $(basename "$2"): $reason" >>"$scratch/failures"
  return 1
}

instruction_count() {
  local -a words
  read -ra words <<<"${command[$1]}"
  SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    "${words[@]}" "$2" 2>&1 >/dev/null | awk '/Collected/ { print $NF }'
}

if [[ $mode == callgrind ]]; then
  type -P valgrind >/dev/null || { echo "bench.sh: --callgrind needs valgrind" >&2 && exit 1; }
  # Valgrind can't read the debug information that Swift's linker leaves.
  strip -o "$scratch/cvm-repl" "$binary"
  command[cvm-repl]="$scratch/cvm-repl run"
  printf '%-14s %18s %18s %8s\n' kernel cvm-repl "${QJS:+qjs}" "${QJS:+ratio}"
  for kernel in "${kernels[@]}"; do
    ours=$(instruction_count cvm-repl "$here/bench/kernels/$kernel.js")
    theirs=
    [[ -n ${QJS:-} ]] && theirs=$(instruction_count qjs "$here/bench/kernels/$kernel.js")
    awk -v kernel="$kernel" -v ours="$ours" -v theirs="$theirs" 'BEGIN {
      printf "%-14s %18s %18s %8s\n", kernel, ours, theirs, theirs && ours ? sprintf("%.2fx", theirs / ours) : ""
    }'
  done
  exit 0
fi

# Runs are interleaved: each round runs every engine once, so that a busy moment does not hit one of them only.
measure() {
  local file=$1 key=$2 round engine time
  local -A failed=()
  for ((round = 0; round < runs; round++)); do
    for engine in "${engines[@]}"; do
      [[ -n ${failed[$engine]:-} ]] && continue
      time=$(cpu_milliseconds "$engine" "$file" "$scratch/stdout")
      if [[ -z $time ]]; then
        failed[$engine]=yes # A failure is not going to pass in the next round.
        best[$engine/$key]=
        continue
      fi
      answer[$engine/$key]=$(<"$scratch/stdout")
      [[ -z ${best[$engine/$key]:-} || $time -lt ${best[$engine/$key]} ]] && best[$engine/$key]=$time
    done
  done
  return 0
}

declare -A best answer
measure "$scratch/empty.js" startup
for kernel in "${kernels[@]}"; do
  [[ -t 2 ]] && printf '\r%-40s' "running $kernel ..." >&2
  measure "$here/bench/kernels/$kernel.js" "$kernel"
done
[[ -t 2 ]] && printf '\r%-40s\r' "" >&2

table() {
  local engine kernel
  printf 'startup'
  for engine in "${engines[@]}"; do printf '\t%s' "${best[$engine/startup]:-}"; done
  printf '\n'
  for kernel in "${kernels[@]}"; do
    printf '%s' "$kernel"
    for engine in "${engines[@]}"; do printf '\t%s' "${best[$engine/$kernel]:-}"; done
    printf '\n'
  done
}

header() {
  printf 'names'
  printf '\t%s' "${engines[@]}"
  printf '\n'
}

{ header && table; } | awk -F'\t' '
  $1 == "names" {
    columns = NF
    for (i = 2; i <= NF; i++) name[i] = $i
    printf "CPU ms, minimum of '"$runs"' runs; ratio = peer / cvm-repl\n%-14s %9s", "kernel", name[2]
    for (i = 3; i <= NF; i++) printf " %16s", name[i]
    print ""
    next
  }
  $1 == "startup" {
    for (i = 2; i <= NF; i++) startup[i] = name[i] ~ /^node/ ? $i + 0 : 0
    printf "%-14s %9s", "(empty)", $2 == "" ? "-" : $2
    for (i = 3; i <= NF; i++) printf " %8s %7s", $i == "" ? "-" : $i, startup[i] ? "(sub.)" : ""
    print ""
    next
  }
  {
    ours = $2 == "" ? 0 : ($2 > 0 ? $2 : 1)
    printf "%-14s %9s", $1, $2 == "" ? "-" : $2
    for (i = 3; i <= NF; i++) {
      if ($i == "") { printf " %8s %7s", "-", ""; continue }
      time = $i - startup[i]
      if (time < 1) time = 1
      if (!ours) { printf " %8d %7s", time, ""; continue }
      printf " %8d %6.2fx", time, time / ours
      logs[i] += log(time / ours)
      counts[i]++
      if (time < ours) slower[i] = slower[i] " " $1
    }
    print ""
  }
  END {
    printf "%-14s %9s", "geometric mean", ""
    for (i = 3; i <= columns; i++) printf " %8s %7s", "", counts[i] ? sprintf("%.2fx", exp(logs[i] / counts[i])) : "-"
    print ""
    for (i = 3; i <= columns; i++) if (slower[i] != "") printf "slower than %s:%s\n", name[i], slower[i]
    for (i = 3; i <= columns; i++) if (startup[i]) printf "%s: %d ms of start-up subtracted\n", name[i], startup[i]
  }'

status=0
for kernel in "${kernels[@]}"; do
  reference=${answer[${engines[0]}/$kernel]:-}
  for engine in "${engines[@]}"; do
    other=${answer[$engine/$kernel]:-}
    [[ -z $other ]] && continue
    : "${reference:=$other}"
    if [[ $other != "$reference" ]]; then
      echo "ANSWERS DIFFER in $kernel: $engine says ${other@Q}, expected ${reference@Q}"
      status=1
    fi
  done
done
[[ -f $scratch/failures ]] && sort -u "$scratch/failures" | sed 's/^/did not finish: /'
exit $status
