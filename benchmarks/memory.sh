#!/usr/bin/env bash
# memory.sh        bytes for each open handle by the layout of the registry's objects (jol) and by the heap of a million of them.
# memory.sh soak [PAIRS]     50 million opens and closes: the heap and the cost of each tenth.
# memory.sh real-soak [FILES]     the same with real files and sockets, without and with the agent.
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
  real-soak) program= ;;
  *) echo "memory.sh [soak [PAIRS] | real-soak [FILES] | scaling]" >&2; exit 2 ;;
esac
homes | while read -r version home; do
  echo "== Java $version"
  if [ -z "$program" ]; then
    for option in -Dnothing "-javaagent:$agent"; do
      echo "= $option" | sed "s#$PWD/##"
      # shellcheck disable=SC2086
      "$home/bin/java" -Xmx1g -XX:+UseParallelGC "$option" -cp "$classes" io.notsock.process.RealSoak ${2:-} </dev/null 2>&1
    done
    continue
  fi
  # shellcheck disable=SC2086
  "$home/bin/java" -Xmx6g -XX:+UseParallelGC -cp "$path" io.notsock.memory.$program </dev/null 2>&1 | grep -v '^# WARNING'
done
