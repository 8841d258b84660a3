#!/usr/bin/env bash
# file-cost.sh [ROUNDS]   CPU time of a file's open and close in the whole process, collector included, at 5 and 50 frames: without
# agent, with two raw throwables each time, with notsock and stacks=off, auto and all; file-leak-detector where FILE_LEAK_DETECTOR
# names its jar. Fresh processes in turn; the median of the rounds' medians, and the lowest block of all.
set -euo pipefail
rounds=${1:-5}
source "$(dirname "${BASH_SOURCE[0]}")/whole.sh"

homes | while read -r version home; do
  rm -f "$work"/file-*
  for ((i = 0; i < rounds; i++)); do
    for frames in 5 50; do
      for variant in none throwables off auto all ${FILE_LEAK_DETECTOR:+file-leak-detector}; do
        option=()
        throwables=0
        case $variant in
          none) ;;
          throwables) throwables=1 ;;
          file-leak-detector) option=("-javaagent:$FILE_LEAK_DETECTOR") ;;
          *) option=("-javaagent:$agent=stacks=$variant") ;;
        esac
        "$home/bin/java" -Xmx1g "${option[@]}" -cp "$classes" io.notsock.process.FileCost "$frames" 20000 45 "$throwables" \
          </dev/null | tail -n 1 >>"$work/file-$frames-$variant"
      done
    done
  done
  for frames in 5 50; do
    for variant in none throwables off auto all ${FILE_LEAK_DETECTOR:+file-leak-detector}; do
      sort -n "$work/file-$frames-$variant" | awk -v v="$version" -v f="$frames" -v n="$variant" \
        '{ a[NR] = $1; if (NR == 1 || $2 < low) low = $2 }
         END { printf "Java %s %2d frames %-18s median %6d ns (%d to %d, %d runs)  lowest %6d ns\n", v, f, n, a[int((NR + 1) / 2)], a[1], a[NR], NR, low }'
    done
  done
done
