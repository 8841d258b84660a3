#!/usr/bin/env bash
# request-cost.sh [ROUNDS [REQUESTS]]   CPU time and allocation of HTTP servers per request, with keep-alive and with a connection
# each: the JDK's server (from 21 on also on virtual threads), Jetty, netty by NIO and by epoll; without agent (twice), with an empty one, with
# notsock, with Flight Recorder's socket events, and with file-leak-detector where FILE_LEAK_DETECTOR names its jar.
# Servers side by side, asked in bursts in turn; ALONE=true: one after the other. Medians. COLLECTOR=G1 or another: the servers' collector, Serial by default.
set -euo pipefail
rounds=${1:-7}
requests=${2:-20000}
source "$(dirname "${BASH_SOURCE[0]}")/whole.sh"

[ -f benchmarks/target/benchmarks.classpath ] || mvn -B -ntp -q -pl benchmarks -am -DskipTests -Djcstress.skip=true verify \
  dependency:build-classpath -Dmdep.outputFile=target/benchmarks.classpath -Dmdep.includeScope=runtime
# SERVER_CLASSES=FOLDER: classes that a runtime lacks, com.sun.net.httpserver for one.
path=$classes:$(cat benchmarks/target/benchmarks.classpath)${SERVER_CLASSES:+:$SERVER_CLASSES}
cat >"$work/sockets.jfc" <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<configuration version="2.0">
  <event name="jdk.SocketRead"><setting name="enabled">true</setting><setting name="threshold">0 ms</setting><setting name="stackTrace">true</setting></event>
  <event name="jdk.SocketWrite"><setting name="enabled">true</setting><setting name="threshold">0 ms</setting><setting name="stackTrace">true</setting></event>
</configuration>
EOF
# Servers on one core, client on another: a process that is moved about costs a quarter more than one that is not.
client=(env)
pinned=
if [ "$(nproc)" -gt 1 ] && command -v taskset >/dev/null; then
  client=(taskset -c 0)
  pinned="taskset -c 1"
fi
# The second server without an agent tells what cannot be told apart.
variants=("none=" "again=" "empty=-javaagent:$empty" "notsock=-javaagent:$agent")
if [ -n "${FILE_LEAK_DETECTOR:-}" ]; then
  variants+=("file-leak-detector=-javaagent:$FILE_LEAK_DETECTOR")
else
  echo "no FILE_LEAK_DETECTOR: not measured" >&2
fi

homes | while read -r version home; do
  jfr=()
  if "$home/bin/java" --list-modules | grep -q '^jdk.jfr@'; then
    # Its greeting would come before the port that the server prints.
    jfr=("jfr=-Xlog:disable -XX:StartFlightRecording=settings=$work/sockets.jfc,filename=$work/recording.jfr")
  else
    echo "Java $version has no Flight Recorder: not measured" >&2
  fi
  servers=("HttpTarget" "JettyTarget" "NettyTarget nio" "NettyTarget epoll")
  [ "$version" -lt 21 ] || servers+=("HttpTarget virtual")
  for server in "${servers[@]}"; do
    echo "== Java $version, $server, load $(cut -d' ' -f1 /proc/loadavg)"
    "${client[@]}" "$home/bin/java" -XX:+UseSerialGC "-Dpinned=$pinned" -Dcollector="${COLLECTOR:-Serial}" -Dalone="${ALONE:-false}" -cp "$path" io.notsock.process.RequestCost \
      "$home" "$path" "$rounds" "$requests" "io.notsock.process.$server" "${variants[@]}" "${jfr[@]}" </dev/null
  done
done
