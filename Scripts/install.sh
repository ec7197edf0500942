#!/usr/bin/env bash
# Scripts/install.sh PREFIX: builds for release and installs the program, its manual page, and completions for shells.
set -euo pipefail
[[ $# == 1 && -n $1 ]] || { echo "usage: Scripts/install.sh PREFIX, such as ~/.local or /usr/local" >&2; exit 2; }
prefix=$(realpath -m -- "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${CVM_REPL:-}
if [[ -z $program ]]; then
  Scripts/build.sh
  program=.build/release/cvm-repl
fi

put() {  # put PLACE: installs what comes on standard input
  mkdir -p "$(dirname "$prefix/$1")"
  cat >"$prefix/$1.new"
  mv "$prefix/$1.new" "$prefix/$1"
  echo "$prefix/$1"
}

put bin/cvm-repl <"$program"
chmod 755 "$prefix/bin/cvm-repl"
"$program" --generate man | put share/man/man1/cvm-repl.1
"$program" --generate-completion-script bash | put share/bash-completion/completions/cvm-repl
"$program" --generate-completion-script zsh | put share/zsh/site-functions/_cvm-repl
"$program" --generate-completion-script fish | put share/fish/vendor_completions.d/cvm-repl.fish
