#!/usr/bin/env bash
# Formats all Swift sources; with --check changes nothing and fails when a file would change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sources=(Package.swift Sources Tests Scripts/fuzz/Package.swift Scripts/fuzz/Sources)
case ${1:-} in
  "") swift format --in-place --recursive --parallel "${sources[@]}" ;;
  --check)
    copy=$(mktemp -d)
    trap 'rm -rf "$copy"' EXIT
    cp -r --parents .swift-format "${sources[@]}" "$copy"
    (cd "$copy" && swift format --in-place --recursive --parallel "${sources[@]}")
    status=0
    for source in "${sources[@]}"; do diff -ru "$source" "$copy/$source" || status=1; done
    ((status == 0)) || echo "format.sh: not formatted as above; run Scripts/format.sh" >&2
    exit $status
    ;;
  *) echo "usage: Scripts/format.sh [--check]" >&2 && exit 2 ;;
esac
