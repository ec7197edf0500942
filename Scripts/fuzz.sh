#!/usr/bin/env bash
# Gives random inputs to everything that reads what others wrote, guided by what they reach, under the address sanitizer.
#   Scripts/fuzz.sh [TARGET|all] [SECONDS|--runs N]     60 seconds for each target unless told; --list names the targets
# An input that ends a target, takes too long or too much memory becomes a file in Tests/Fixtures/Crashes/TARGET, which the
# tests replay from then on. What was found on the way stays in .build-fuzz/corpus and is where the next run begins.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
work=$root/.build-fuzz

selected=${1:-all}
if [[ ${2:-} == --runs ]]; then limit=(-runs="$3"); else limit=(-max_total_time="${2:-60}"); fi

swift build -c release --package-path Scripts/fuzz --scratch-path "$work" --product fuzz \
  -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address,fuzzer-no-link -Xswiftc -use-ld=lld >"$work.log" 2>&1 ||
  { grep -E 'error' "$work.log" || tail -n 20 "$work.log"; exit 1; } >&2
program=$work/release/fuzz
mapfile -t targets < <("$program" --list)
if [[ $selected == --list ]]; then printf '%s\n' "${targets[@]}"; exit; fi
if [[ $selected != all ]]; then targets=("$selected"); fi

export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}"
result=0
# The fuzzer leaves the terminal's session, so that Ctrl-C does not reach it.
trap 'kill $(jobs -p) 2>/dev/null' EXIT
trap 'exit 130' INT TERM
# The figure behind a name in what libFuzzer reported last.
figure() { grep -oE "$1[: ]+[0-9]+" "$log" | tail -n 1 | grep -oE '[0-9]+$' || echo 0; }

printf '%-16s %12s %8s %9s %8s\n' target executions exec/s coverage crashes
for target in "${targets[@]}"; do
  export CVM_FUZZ_TARGET=$target
  corpus=$work/corpus/$target crashes=$root/Tests/Fixtures/Crashes/$target log=$work/$target.log
  mkdir -p "$corpus" "$crashes"
  "$program" --seeds "$work/seeds/$target"
  before=$(find "$crashes" -type f | wc -l)
  nice -n 10 "$program" "${limit[@]}" -timeout=25 -report_slow_units=25 -rss_limit_mb=3072 -print_final_stats=1 -artifact_prefix="$crashes/" \
    -dict="$work/seeds/$target.dict" "$corpus" "$work/seeds/$target" >"$log" 2>&1 &
  wait $! || result=1
  found=$(($(find "$crashes" -type f | wc -l) - before))
  rmdir --ignore-fail-on-non-empty "$crashes"
  printf '%-16s %12s %8s %9s %8s\n' "$target" "$(figure stat::number_of_executed_units)" \
    "$(figure stat::average_exec_per_sec)" "$(figure cov)" "$found"
done
exit $result
