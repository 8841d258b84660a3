#!/usr/bin/env bash
# memory.sh        bytes for each open handle by the layout of the registry's objects (jol) and by the heap of a million of them.
# memory.sh soak [PAIRS]     50 million opens and closes: the heap and the cost of each tenth.
# memory.sh scaling          two threads that open and close against one.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/whole.sh"
[ -f benchmarks/target/benchmarks.classpath ] || mvn -B -ntp -q -pl benchmarks -am -DskipTests -Djcstress.skip=true verify \
  dependency:build-classpath -Dmdep.outputFile=target/benchmarks.classpath -Dmdep.includeScope=runtime
path=$classes:$(cat benchmarks/target/benchmarks.classpath)
case ${1:-handles} in
  handles) program="HandleMemory" ;;
  soak) program="Soak ${2:-}" ;;
  scaling) program=Scaling ;;
  *) echo "memory.sh [soak [PAIRS] | scaling]" >&2; exit 2 ;;
esac
homes | while read -r version home; do
  echo "== Java $version"
  # shellcheck disable=SC2086
  "$home/bin/java" -Xmx6g -XX:+UseParallelGC -cp "$path" io.notsock.memory.$program </dev/null 2>&1 | grep -v '^# WARNING'
done
