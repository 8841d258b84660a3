#!/usr/bin/env bash
# start-cost.sh [ROUNDS]   CPU time (user and system) of a JVM's start: without agent, with an empty one, with notsock, with
# notsock and no cache of its own (a first start), with file-leak-detector where FILE_LEAK_DETECTOR names its jar.
#
# They take turns, so that what else the machine does meets all of them; medians. CPU time, never wall time.
set -euo pipefail
rounds=${1:-21}
source "$(dirname "${BASH_SOURCE[0]}")/whole.sh"
TIMEFORMAT='%U %S'

# The program alone: were the empty agent's class beside it, that agent's jar would not be opened, which every agent pays for.
program=$work/program
mkdir -p "$program/io/notsock/process"
cp "$classes/io/notsock/process/Hello.class" "$program/io/notsock/process/"

cost() { # JVM options and class -> milliseconds of CPU
  { time "$@" >/dev/null 2>&3; } 3>&2 2>&1 | awk '{ printf "%d\n", ($1 + $2) * 1000 + 0.5 }'
}

variants="none empty notsock cold ${FILE_LEAK_DETECTOR:+file-leak-detector}"
homes | while read -r version home; do
  shared=$(archive "$version" "$home")
  rm -f "$work"/start-"$version"-*
  for ((i = 0; i < rounds; i++)); do
    for variant in $variants; do
      case $variant in
        none) option= ;;
        empty) option=-javaagent:$empty ;;
        notsock) option=-javaagent:$agent ;;
        cold) option=-javaagent:$agent=cache=off ;;
        *) option=-javaagent:$FILE_LEAK_DETECTOR ;;
      esac
      # shellcheck disable=SC2086
      cost "$home/bin/java" $shared $option -cp "$program" io.notsock.process.Hello \
        >>"$work/start-$version-$variant"
    done
  done
  for variant in $variants; do
    sort -n "$work/start-$version-$variant" | awk -v v="$version" -v n="$variant" \
      '{ a[NR] = $1 } END { printf "Java %s %-18s median %4d ms  (%d to %d, %d runs)\n", v, n, a[int((NR + 1) / 2)], a[1], a[NR], NR }'
  done
done
