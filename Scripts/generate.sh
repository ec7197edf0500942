#!/bin/bash
# Writes again what is derived from other files: dispatchers, the image of the built-ins, reference pages.
set -euo pipefail
cd "$(dirname "$0")/.."
swift run cvm-generate "${1:-all}"
