#!/usr/bin/env bash
# Measures the heap debugger: the analyses on graphs of growing size, the commands on a live heap and on a dump of it, and
# beside them Chrome's DevTools on the same file.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: Scripts/bench-heap.sh [--no-build] [--no-devtools] [--commands-only] [OBJECTS...]

Without OBJECTS: 50,000, 500,000 and 5,000,000. The first table is that of `cvm-benchmark heap` (random references, the
worst case). The second has the seconds that a person waits for each command, on a live heap of objects with two random
references each, texts, arrays and maps, and on its .heapsnapshot. DevTools: its own loader in headless chromium.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=yes devtools=yes graphs=yes sizes=()
while (($#)); do
  case $1 in
    --no-build) build=no ;;
    --no-devtools) devtools=no ;;
    --commands-only) graphs=no ;;
    -h | --help) usage && exit 0 ;;
    -*) usage >&2 && exit 2 ;;
    *) sizes+=("${1//[,_]/}") ;;
  esac
  shift
done
((${#sizes[@]})) || sizes=(50000 500000 5000000)
folder=${BENCH_BUILD:-$root/.build/release}
if [[ $build == yes ]]; then
  (cd "$root" && swift build -c release --product cvm-repl >&2 && swift build -c release --product cvm-benchmark >&2)
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch" 2>/dev/null || true' EXIT

[[ $graphs == no ]] || "$folder/cvm-benchmark" heap "${sizes[@]}" --folder "$scratch"

# About a fifth each of objects with two fields, texts, arrays and map entries besides the objects themselves.
program() {
  cat <<JS
class Item { constructor(id) { this.id = id; this.left = null; this.right = null } }
let state = 1; const random = n => (state = (state * 1103515245 + 12345) % 2147483648) % n;
const items = []; for (let i = 0; i < $1 * 0.7; i++) items.push(new Item(i)); 0
for (const item of items) { item.left = items[random(items.length)]; item.right = items[random(items.length)] } 0
const texts = []; for (let i = 0; i < $1 * 0.15; i++) texts.push(['text', i % 5000].join('-')); 0
const lists = []; for (let i = 0; i < $1 * 0.1; i++) lists.push([items[i], i]); 0
const maps = []; for (let i = 0; i < $1 * 0.025; i++) maps.push(new Map([['item', items[i]], ['n', {i}]])); 0
JS
}

live=(":heap --quick" ":heap --expert --top 5" ":strings --top 5" ":shapes --top 5" ":collections --top 5"
  ":diff 0 now --classes --top 5" ":growth 0 now --top 5" ":path items[12345] --quick"
  ":path items[12345]" ":retained items[12345]" ":leaks" ":cut items[7].left")
file=(":open FILE" ":heap --expert --top 5" ":strings --top 5" ":shapes --top 5" ":collections --top 5"
  ":diff heap live --classes --top 5" ":growth heap live --top 5" ":path items[12345] --quick"
  ":path items[12345]" ":retained items[12345]" ":leaks" ":cut items[7].left")
declare -A figures

# Says one line and waits for its answer; sets `seconds`.
ask() {
  local start line
  start=$(date +%s%N)
  printf '%s\nconsole.log("@" + "@")\n' "$1" >&"${session[1]}"
  while IFS= read -r line <&"${session[0]}"; do [[ $line == @@* ]] && break; done
  seconds=$(awk "BEGIN { printf \"%.2f\", ($(date +%s%N) - $start) / 1e9 }")
}

for size in "${sizes[@]}"; do
  coproc session { exec "$folder/cvm-repl" --plain 2>&1; }
  id=$session_PID
  while IFS= read -r line; do ask "$line"; done < <(program "$size")
  ask ":gc"
  for command in "${live[@]}"; do
    ask "$command"
    figures["live $command $size"]=$seconds
  done
  ask ":export $scratch/heap.heapsnapshot"
  figures["live :export $size"]=$seconds
  for command in "${file[@]}"; do
    ask "${command/FILE/$scratch/heap.heapsnapshot}"
    figures["file $command $size"]=$seconds
  done
  printf ':quit\n' >&"${session[1]}"
  wait "$id" || true
  if [[ $devtools == yes ]] && command -v node chromium >/dev/null; then
    read -r opened counted _ < <(timeout 600 node "$root/Scripts/bench/devtools-load.js" "$scratch/profile" \
      "$scratch/heap.heapsnapshot" || echo "- - -")
    figures["DevTools open, sizes and distances $size"]=$opened
    figures["DevTools class table $size"]=$counted
    rm -rf "$scratch/profile" 2>/dev/null || true
  fi
done

row() {
  printf '%-44s' "$1"
  for size in "${sizes[@]}"; do printf '%14s' "${figures["$1 $size"]:--}"; done
  printf '\n'
}
printf '\n%-44s' "seconds"
printf '%14s' "${sizes[@]}"
printf '\n'
for command in "${live[@]}" ":export"; do row "live $command"; done
for command in "${file[@]}"; do row "file $command"; done
if [[ $devtools == yes ]]; then
  printf '%s\n' "milliseconds"
  row "DevTools open, sizes and distances"
  row "DevTools class table"
fi
