#!/usr/bin/env bash
# compare.sh [ROUNDS]   everything that is measured on whole programs, the variants side by side, into benchmarks/results/:
# start, a file's open and close, requests, memory, scaling, soak. Two commands: mvn -q -DskipTests package; benchmarks/compare.sh
# Takes hours with the default rounds on a slow machine. Raw figures are kept as they are printed.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
rounds=${1:-7}
mkdir -p "$here/results"
about() { date -u '+%Y-%m-%d %H:%M UTC'; uname -srm; grep -m 1 'model name' /proc/cpuinfo; nproc; cat /proc/loadavg; }
measure() { # name, command...
  local to="$here/results/$1.txt"
  shift
  { about; "$@"; } 2>&1 | tee "$to"
}
measure start "$here/start-cost.sh" "$((3 * rounds))"
measure file "$here/file-cost.sh" "$rounds"
measure requests "$here/request-cost.sh" "$rounds"
measure memory "$here/memory.sh"
measure scaling "$here/memory.sh" scaling
measure soak "$here/memory.sh" soak
measure pinned "$here/pinned.sh"
