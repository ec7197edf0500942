#!/usr/bin/env bash
# Checks the style of the Swift sources and the syntax of the scripts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
swift format lint --strict --recursive --parallel Package.swift Sources Tests Scripts/fuzz/Package.swift Scripts/fuzz/Sources
for script in Scripts/*.sh .ci/run; do bash -n "$script"; done
if type -P shellcheck >/dev/null; then shellcheck Scripts/*.sh .ci/run; fi
