#!/usr/bin/env bash
# Runs random keys through the line editor while both it and libedit are built with the address sanitizer.
# Usage: sanitize-editor.sh [SESSIONS]   (default 300, half of them in vi mode)
# libedit's source comes from the distribution; nothing of it is kept in the repository.
set -euo pipefail
cd "$(dirname "$0")/.."

sessions=${1:-300}
work=${CVM_SANITIZE_DIRECTORY:-$PWD/.build-sanitize}
compiler=$(dirname "$(readlink -f "$(type -P swift)")")/clang
mkdir -p "$work"

fetch_source() {
  [[ -d $work/source ]] && return
  local apt=$work/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$work/download"
  cat >"$apt/source.sources" <<SOURCES
Types: deb-src
URIs: http://deb.debian.org/debian
Suites: $(. /etc/os-release && echo "$VERSION_CODENAME")
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
  local -a get=(apt-get -qq -o "Dir::Etc::sourcelist=$apt/source.sources" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache")
  "${get[@]}" update
  (cd "$work/download" && "${get[@]}" source --download-only libedit 2>/dev/null && tar xf libedit_*.orig.tar.gz)
  mv "$work"/download/libedit-*/ "$work/source"
}

build_library() {
  [[ -f $work/install/lib/libedit.a ]] && return
  (
    cd "$work/source"
    ./configure --quiet --disable-shared --enable-static --disable-examples --prefix="$work/install" \
      CC="$compiler" CFLAGS="-g -O1 -fno-omit-frame-pointer -fsanitize=address -fPIC" LDFLAGS="-fsanitize=address"
    make -s -j2 && make -s install
  ) >"$work/library.log" 2>&1 || { tail -n 20 "$work/library.log" >&2; exit 1; }
}

fetch_source
build_library
PKG_CONFIG_PATH=$work/install/lib/pkgconfig swift build --scratch-path "$work/build" --sanitize=address \
  --product editor-probe -Xlinker "-L$work/install/lib" -Xlinker -ltinfo -Xlinker -lbsd
# The library that was just built must be the one that runs.
if ldd "$work/build/debug/editor-probe" | grep -q libedit; then
  echo "sanitize-editor.sh: the probe uses the system's libedit" >&2
  exit 1
fi
swift build --build-tests
reports=$work/reports
rm -rf "$reports" && mkdir -p "$reports"
result=0
CVM_EDITOR_PROBE=$work/build/debug/editor-probe CVM_RANDOM_SESSIONS=$sessions CVM_RANDOM_KEYS=80 \
  ASAN_OPTIONS=detect_leaks=0:abort_on_error=0:log_path=$reports/asan \
  swift test --disable-xctest --skip-build --filter 'EndToEndTests.*Random' | tee "$work/tests.log" || result=$?
grep -q 'Test run with 1 test ' "$work/tests.log" || { echo 'sanitize-editor.sh: no test ran' >&2; exit 1; }
count=$(find "$reports" -type f | wc -l)
echo "$sessions sessions, $count reports of the address sanitizer"
find "$reports" -type f -exec head -n 20 {} \;
[[ $count == 0 ]] || exit 1
exit $result
