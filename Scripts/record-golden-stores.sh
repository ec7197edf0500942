#!/usr/bin/env bash
# Records stores of executions as they are now, which every later version must open: Scripts/record-golden-stores.sh v1
# What is recorded once is never recorded again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=${1:?usage: Scripts/record-golden-stores.sh VERSION, such as v1}
programs=Tests/Fixtures/stores
folder=$programs/$version
if [ -e "$folder" ]; then
  echo "$folder is there already; a new version of a store needs a new name" >&2
  exit 1
fi
program=${CVM_REPL:-.build/debug/cvm-repl}
mkdir -p "$folder"
# A program that waits, fails or is stopped ends with a status of its own.
record() { "$program" run "$programs/$1.js" --id "$2" --store "$store" "${@:3}" > /dev/null 2>&1 || [ $? -ne 2 ]; }
for store in "sqlite:$folder/store.db" "$folder/store"; do
  record asking waiting --answer one
  record asking nested --storage inline --answer one
  record asking completed --answer one --answer two --answer three
  record failing failed --answer one
  record working stopped --max-steps 500
  record asking ready
  "$program" executions restart ready --store "$store" > /dev/null
done
find "$folder" -type f -exec wc -c {} +
