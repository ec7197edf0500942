#!/usr/bin/env bash
# Records files of the present format, which every later version must open: Scripts/record-golden.sh v2
# What is recorded once is never recorded again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=${1:?usage: Scripts/record-golden.sh VERSION, such as v2}
folder=Tests/Fixtures/$version
if [ -e "$folder" ]; then
  echo "$folder is there already; a new format needs a new version" >&2
  exit 1
fi
program=${CVM_REPL:-.build/debug/cvm-repl}
mkdir -p "$folder"
# It ends with the status of a program that waits for an answer.
"$program" > /dev/null 2>&1 <<END || [ $? = 5 ]
$(cat Tests/Fixtures/making.txt)
:checkpoint $folder/paused.cvmsnap
:checkpoint $folder/paused.json
:save $folder/session.cvms
END
# What the questions are to answer is asked before anything was written.
cat Tests/Fixtures/making.txt <(echo "'the questions'") Tests/Fixtures/questions.txt | { "$program" 2> /dev/null || true; } \
  | sed "1,/'the questions'/d" | sed 's/^\$[0-9]* = //' > "$folder/answers.txt"
wc -c "$folder"/*
