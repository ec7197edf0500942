#!/usr/bin/env bash
# Installs what is missing, builds the program, and becomes it, in the caller's directory and with the given arguments.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/bootstrap.sh" >&2 </dev/null
"$here/build.sh" >&2
exec "$here/../.build/release/cvm-repl" "$@"
